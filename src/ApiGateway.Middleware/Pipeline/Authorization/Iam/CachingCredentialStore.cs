using System.Collections.Concurrent;
using ApiGateway.Middleware.Contracts;
using ApiGateway.Middleware.State;

namespace ApiGateway.Middleware.Pipeline.Authorization.Iam;

/// <summary>Remembers what another store has said, and asks it once for all that wait for the same id.</summary>
internal sealed class CachingCredentialStore(ISigV4CredentialStore inner, SigV4Options options, TimeProvider time) : ISigV4CredentialStore
{
    private readonly BoundedCache<string, SigV4Credential?> _known = new(options.CredentialCacheSize, time);

    // Holds questions that are being asked, each for a request that waits: no more than there are requests.
    private readonly ConcurrentDictionary<string, Task<SigV4Credential?>> _asked = new(StringComparer.Ordinal);

    public ValueTask<SigV4Credential?> FindAsync(string accessKeyId, CancellationToken cancellationToken) =>
        _known.TryGet(accessKeyId, out var credential) ? new(credential) : new(AskAsync(accessKeyId, cancellationToken));

    private Task<SigV4Credential?> AskAsync(string accessKeyId, CancellationToken cancellationToken)
    {
        var mine = new TaskCompletionSource<SigV4Credential?>(TaskCreationOptions.RunContinuationsAsynchronously);
        var asked = _asked.GetOrAdd(accessKeyId, mine.Task);
        if (asked == mine.Task)
        {
            _ = AnswerAsync(accessKeyId, mine);
        }

        return asked.WaitAsync(cancellationToken);
    }

    // Apart from any caller: the first one's going away must not fail the others.
    private async Task AnswerAsync(string accessKeyId, TaskCompletionSource<SigV4Credential?> answer)
    {
        try
        {
            var credential = await inner.FindAsync(accessKeyId, CancellationToken.None);
            _known.Set(accessKeyId, credential, credential is null ? options.UnknownCredentialCacheTtl : options.CredentialCacheTtl);
            _asked.TryRemove(accessKeyId, out _);
            answer.SetResult(credential);
        }
        catch (Exception exception)
        {
            _asked.TryRemove(accessKeyId, out _);
            answer.SetException(exception);

            // Seen, even if everybody has gone.
            _ = answer.Task.Exception;
        }
    }
}
