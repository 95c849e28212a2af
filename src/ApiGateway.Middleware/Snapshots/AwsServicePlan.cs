using ApiGateway.Middleware.Contracts;

namespace ApiGateway.Middleware.Snapshots;

/// <summary>An AWS service that gets what the mappings say, in a signed request.</summary>
internal sealed class AwsServicePlan(TimeSpan timeout) : IntegrationPlan(IntegrationKind.Aws, timeout)
{
    /// <summary>Gets where the service is, or <see langword="null"/> if it can be called nowhere: every request then fails with 500.</summary>
    public required AwsServiceServer? Server { get; init; }

    /// <summary>Gets the request before it is signed.</summary>
    public required HttpIntegrationPlan Request { get; init; }

    /// <summary>Gets <c>X-Amz-Target</c> of services that speak JSON and are called by action, unless it is mapped; else <see langword="null"/>.</summary>
    public required string? Target { get; init; }

    /// <summary>Gets the content type of bodies that a template makes, or that come without one.</summary>
    public required string? ContentType { get; init; }

    /// <summary>Gets whether the path is signed as it is, and the body's hash is a header: so does S3.</summary>
    public required bool IsS3 { get; init; }
}
