using ApiGateway.Middleware.Contracts;
using ApiGateway.Middleware.Integrations.Aws;
using ApiGateway.Middleware.Integrations.Lambda;
using ApiGateway.Middleware.Snapshots;

namespace ApiGateway.Middleware.Tests.Integrations.Aws;

public sealed class AwsServiceLocatorTests
{
    private static readonly StaticCredentials Keys = new(new AwsCredentials("key", "secret"));

    [Theory]
    [InlineData("aws", "eu-west-1", null, "sqs", "https://sqs.eu-west-1.amazonaws.com", "eu-west-1", "sqs")]
    [InlineData("aws", "eu-west-1", "photos", "s3", "https://photos.s3.eu-west-1.amazonaws.com", "eu-west-1", "s3")]
    [InlineData("aws-cn", "cn-north-1", null, "sns", "https://sns.cn-north-1.amazonaws.com.cn", "cn-north-1", "sns")]
    [InlineData("aws", "eu-west-1", null, "email", "https://email.eu-west-1.amazonaws.com", "eu-west-1", "ses")]
    [InlineData("aws", "eu-west-1", null, "iam", "https://iam.amazonaws.com", "us-east-1", "iam")]
    public void Find_Keys_GivesTheServerOfAws(
        string partition, string region, string? subdomain, string service, string address, string signingRegion, string signingName)
    {
        var server = AwsServiceLocator.Find(new AwsServiceName(partition, region, subdomain, service), Settings(null, Keys));

        Assert.Equal(new AwsServiceServer(address, null, signingRegion, signingName), server);
    }

    [Fact]
    public void Find_NeitherKeysNorEndpoint_GivesNothing() =>
        Assert.Null(AwsServiceLocator.Find(new AwsServiceName("aws", "eu-west-1", null, "sqs"), Settings(null, null)));

    [Theory]
    [InlineData("sqs", null, "http://127.0.0.1:9324", null)]
    [InlineData("SQS", null, "http://127.0.0.1:9324", null)]
    [InlineData("sns", null, "http://127.0.0.1:4566", null)]
    [InlineData("s3", "photos", "http://127.0.0.1:4566", "photos.s3.eu-west-1.amazonaws.com")]
    public void Find_OwnEndpoint_ComesFirst(string service, string? subdomain, string address, string? host)
    {
        var server = AwsServiceLocator.Find(
            new AwsServiceName("aws", "eu-west-1", subdomain, service), Settings(new Uri("http://127.0.0.1:4566"), null));

        Assert.Equal((address, host, "local-1"), (server!.Address, server.Host, server.Region));
    }

    private static AwsServiceSettings Settings(Uri? endpoint, IAwsCredentialsSource? keys) => new(
        endpoint,
        endpoint is null
            ? new Dictionary<string, Uri>(StringComparer.OrdinalIgnoreCase)
            : new Dictionary<string, Uri>(StringComparer.OrdinalIgnoreCase) { ["sqs"] = new("http://127.0.0.1:9324") },
        endpoint is null ? null : "local-1",
        keys);
}
