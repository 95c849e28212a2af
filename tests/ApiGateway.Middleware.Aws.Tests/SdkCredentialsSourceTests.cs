using Amazon.Runtime;
using Microsoft.Extensions.Logging.Abstractions;

namespace ApiGateway.Middleware.Aws.Tests;

public sealed class SdkCredentialsSourceTests
{
    private readonly ManualTime _time = new();

    [Fact]
    public async Task Get_ManyAtOnce_WalkTheChainOnce()
    {
        var found = new TaskCompletionSource<AWSCredentials>(TaskCreationOptions.RunContinuationsAsynchronously);
        var walks = 0;
        var source = Source(_ =>
        {
            Interlocked.Increment(ref walks);
            return found.Task;
        });

        var waiting = Enumerable.Range(0, 20).Select(_ => source.GetAsync(CancellationToken.None).AsTask()).ToArray();
        found.SetResult(new SessionAWSCredentials("KEY", "secret", "token"));
        var keys = await Task.WhenAll(waiting);

        Assert.Equal(1, walks);
        Assert.All(keys, static key => Assert.Equal(("KEY", "secret", "token"), (key!.AccessKeyId, key.SecretAccessKey, key.SessionToken)));
    }

    [Fact]
    public async Task Get_KeysWithoutToken_HasNone()
    {
        var source = Source(static _ => Task.FromResult<AWSCredentials>(new BasicAWSCredentials("KEY", "secret")));

        Assert.Null((await source.GetAsync(CancellationToken.None))!.SessionToken);
    }

    [Fact]
    public async Task Get_KeysThatRenewThemselves_GivesTheNewOnes()
    {
        var rotating = new RotatingCredentials();
        var source = Source(_ => Task.FromResult<AWSCredentials>(rotating));

        var first = await source.GetAsync(CancellationToken.None);
        var same = await source.GetAsync(CancellationToken.None);
        rotating.Current = new ImmutableCredentials("NEW", "secret", "token");
        var second = await source.GetAsync(CancellationToken.None);

        Assert.Same(first, same);
        Assert.Equal(("OLD", "NEW"), (first!.AccessKeyId, second!.AccessKeyId));
    }

    [Fact]
    public async Task Get_NoKeys_FailsAndAsksAgainLater()
    {
        var walks = 0;
        var source = Source(_ => ++walks < 2
            ? Task.FromException<AWSCredentials>(new AmazonClientException("none"))
            : Task.FromResult<AWSCredentials>(new BasicAWSCredentials("KEY", "secret")));

        await Assert.ThrowsAsync<AmazonClientException>(async () => await source.GetAsync(CancellationToken.None));
        _time.Advance(TimeSpan.FromSeconds(9));
        await Assert.ThrowsAsync<AmazonClientException>(async () => await source.GetAsync(CancellationToken.None));
        Assert.Equal(1, walks);
        _time.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal("KEY", (await source.GetAsync(CancellationToken.None))!.AccessKeyId);
    }

    [Fact]
    public async Task Get_CallerLeaves_OthersStillGetTheKeys()
    {
        var found = new TaskCompletionSource<AWSCredentials>(TaskCreationOptions.RunContinuationsAsynchronously);
        var source = Source(_ => found.Task);
        using var leaving = new CancellationTokenSource();

        var left = source.GetAsync(leaving.Token).AsTask();
        var stays = source.GetAsync(CancellationToken.None).AsTask();
        await leaving.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => left);
        found.SetResult(new BasicAWSCredentials("KEY", "secret"));

        Assert.Equal("KEY", (await stays)!.AccessKeyId);
    }

    private SdkCredentialsSource Source(Func<CancellationToken, Task<AWSCredentials>> resolve) =>
        new(resolve, _time, NullLogger<SdkCredentialsSource>.Instance);

    private sealed class RotatingCredentials : AWSCredentials
    {
        public ImmutableCredentials Current { get; set; } = new("OLD", "secret", "token");

        public override ImmutableCredentials GetCredentials() => Current;
    }
}
