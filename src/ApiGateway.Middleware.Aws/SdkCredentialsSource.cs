using Amazon.Runtime;
using ApiGateway.Middleware.Contracts;
using Microsoft.Extensions.Logging;

namespace ApiGateway.Middleware.Aws;

/// <summary>Gives the keys that the SDK's chain finds. Walks the chain once for all callers, and keeps what it found.</summary>
/// <param name="resolve">Walks the chain. The result renews itself.</param>
/// <param name="time">The clock of failures.</param>
/// <param name="logger">Told when no keys are found.</param>
internal sealed partial class SdkCredentialsSource(
    Func<CancellationToken, Task<AWSCredentials>> resolve, TimeProvider time, ILogger<SdkCredentialsSource> logger) : IAwsCredentialsSource
{
    // A chain without keys ends at the instance's metadata, and asking there takes seconds.
    private static readonly TimeSpan Retry = TimeSpan.FromSeconds(10);

    private readonly Lock _gate = new();
    private Task<AWSCredentials>? _chain;
    private long _failedAt;
    private Held? _held;

    public async ValueTask<AwsCredentials?> GetAsync(CancellationToken cancellationToken)
    {
        var found = await Chain().WaitAsync(cancellationToken);
        var keys = await found.GetCredentialsAsync().WaitAsync(cancellationToken);
        var held = Volatile.Read(ref _held);
        if (held is null || !ReferenceEquals(held.Source, keys))
        {
            held = new Held(keys, new AwsCredentials(keys.AccessKey, keys.SecretKey, keys.UseToken ? keys.Token : null));
            Volatile.Write(ref _held, held);
        }

        return held.Keys;
    }

    // Not with the token of whoever came first: others wait for the same result.
    private Task<AWSCredentials> Chain()
    {
        lock (_gate)
        {
            if (_chain is null || (_chain is { IsCompleted: true, IsCompletedSuccessfully: false } && time.GetElapsedTime(_failedAt) >= Retry))
            {
                _chain = ResolveAsync();
            }

            return _chain;
        }
    }

    private async Task<AWSCredentials> ResolveAsync()
    {
        // The chain reads files before it awaits anything.
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        try
        {
            return await resolve(CancellationToken.None);
        }
        catch (Exception exception)
        {
            Volatile.Write(ref _failedAt, time.GetTimestamp());
            NoKeys(logger, exception);
            throw;
        }
    }

    [LoggerMessage(EventId = 1, Level = LogLevel.Error, Message = "The credential chain of the AWS SDK found no keys. Calls to AWS fail until it does.")]
    private static partial void NoKeys(ILogger logger, Exception exception);

    private sealed record Held(ImmutableCredentials Source, AwsCredentials Keys);
}
