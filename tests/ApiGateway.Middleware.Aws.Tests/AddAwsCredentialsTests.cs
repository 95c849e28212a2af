using ApiGateway.Middleware.Contracts;
using ApiGateway.Middleware.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace ApiGateway.Middleware.Aws.Tests;

public sealed class AddAwsCredentialsTests
{
    [Fact]
    public async Task AddAwsCredentials_KeysInTheEnvironment_AreFoundByTheChain()
    {
        Environment.SetEnvironmentVariable("AWS_ACCESS_KEY_ID", "AKIDEXAMPLE");
        Environment.SetEnvironmentVariable("AWS_SECRET_ACCESS_KEY", "secret");
        Environment.SetEnvironmentVariable("AWS_SESSION_TOKEN", "token");
        Environment.SetEnvironmentVariable("AWS_EC2_METADATA_DISABLED", "true");
        var services = new ServiceCollection();
        services.AddApiGateway().AddAwsCredentials();
        await using var provider = services.BuildServiceProvider();

        var keys = await provider.GetRequiredService<IAwsCredentialsSource>().GetAsync(CancellationToken.None);

        Assert.Equal(("AKIDEXAMPLE", "secret", "token"), (keys!.AccessKeyId, keys.SecretAccessKey, keys.SessionToken));
    }

    [Fact]
    public void AddAwsCredentials_Twice_AddsOneSource()
    {
        var services = new ServiceCollection();

        services.AddApiGateway().AddAwsCredentials().AddAwsCredentials();

        Assert.Single(services, static service => service.ServiceType == typeof(IAwsCredentialsSource));
    }
}
