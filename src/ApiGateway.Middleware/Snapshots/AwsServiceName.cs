namespace ApiGateway.Middleware.Snapshots;

/// <summary>An AWS service as the address of an integration names it.</summary>
/// <param name="Partition">The partition, such as <c>aws</c>.</param>
/// <param name="Region">The region.</param>
/// <param name="Subdomain">What stands before the service in its host name, such as a bucket, or <see langword="null"/>.</param>
/// <param name="Service">The service, such as <c>sqs</c>.</param>
internal sealed record AwsServiceName(string Partition, string Region, string? Subdomain, string Service);
