using ApiGateway.Middleware.Contracts;
using ApiGateway.Middleware.Snapshots;
using ApiGateway.Middleware.State;

namespace ApiGateway.Middleware.Pipeline.Authorization.Jwt;

/// <summary>The keys of one issuer: fetched when first needed, renewed in the background, kept through outages.</summary>
/// <remarks>Requests wait for a fetch only where there is nothing to go on with. There is one fetch at a time.</remarks>
internal sealed class JwksCache(JwtIssuerPlan issuer, IJwksFetcher fetcher, JwtOptions options, TimeProvider time, IJwksEvents events)
{
    private const double RefreshAt = 0.8;
    private const int UnknownKids = 1000;

    private static readonly TimeSpan MinTtl = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan UnknownKidLife = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(2);

    // After a fetch that failed: with old keys at hand, and without.
    private static readonly TimeSpan RetryWithKeys = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan RetryWithoutKeys = TimeSpan.FromSeconds(2);

    private readonly TimeSpan _ttl = issuer.KeyRules.LongestUse is { } longest && longest < options.JwksTtl ? longest : options.JwksTtl;

    private readonly TimeSpan _longestUse = issuer.KeyRules.LongestUse is { } longest ? options.LongestUseOf(longest) : options.JwksMaxStale;

    // Two calls: where the keys are, and the keys.
    private readonly TimeSpan _fetchTimeout = issuer.KeyRules.CallTimeout + issuer.KeyRules.CallTimeout;

    private readonly BoundedCache<string, bool> _unknownKids = new(UnknownKids, time);
    private readonly Lock _gate = new();
    private volatile Loaded? _loaded;
    private Task? _flight;
    private Uri? _learnedUri;
    private long _failedAt = long.MinValue;
    private long _unknownKidAt = long.MinValue;

    /// <summary>Gets whether keys are there that may still be used: without, tokens that they verified are not good any more.</summary>
    public bool HasKeys => _loaded is { } loaded && Age(loaded.At) < _longestUse;

    /// <summary>Finds the key of a token.</summary>
    /// <param name="kid">The key's id, or <see langword="null"/>.</param>
    /// <param name="cancellationToken">Cancelled when the caller goes away.</param>
    public ValueTask<KeyLookup> FindAsync(string? kid, CancellationToken cancellationToken)
    {
        var loaded = _loaded;
        if (loaded is not null && Age(loaded.At) < loaded.Ttl)
        {
            if (Age(loaded.At) >= loaded.Ttl * RefreshAt)
            {
                _ = Refresh(RetryWithKeys);
            }

            var failure = loaded.Keys.Find(kid, out var key);
            if (failure != JwtFailure.UnknownKid)
            {
                return new(new KeyLookup(failure, key));
            }

            if (_unknownKids.TryGet(kid!, out _))
            {
                return new(new KeyLookup(JwtFailure.UnknownKid, null));
            }
        }

        return new(FindSlowlyAsync(kid, cancellationToken));
    }

    private async Task<KeyLookup> FindSlowlyAsync(string? kid, CancellationToken cancellationToken)
    {
        var loaded = _loaded;
        if (loaded is null || Age(loaded.At) >= loaded.Ttl)
        {
            // A fetch without keys to go on with may take its whole time; otherwise the old keys do.
            var flight = Refresh(loaded is null ? RetryWithoutKeys : RetryWithKeys);
            await WaitAsync(flight, loaded is null ? _fetchTimeout + LongestWait : LongestWait, cancellationToken);
            loaded = _loaded;
            if (loaded is null || Age(loaded.At) >= _longestUse)
            {
                return new KeyLookup(JwtFailure.KeysUnavailable, null);
            }
        }

        var failure = loaded.Keys.Find(kid, out var key);
        if (failure != JwtFailure.UnknownKid || _unknownKids.TryGet(kid!, out _))
        {
            return new KeyLookup(failure, key);
        }

        if (await WaitAsync(RefreshForUnknownKid(), LongestWait, cancellationToken))
        {
            failure = (_loaded ?? loaded).Keys.Find(kid, out key);
            if (failure == JwtFailure.UnknownKid)
            {
                _unknownKids.Set(kid!, true, UnknownKidLife);
            }
        }

        return new KeyLookup(failure, key);
    }

    // Counts fetches, not tokens: a flood of unknown ids causes one in each interval.
    private Task RefreshForUnknownKid()
    {
        lock (_gate)
        {
            if (_flight is not null)
            {
                return _flight;
            }

            if (_unknownKidAt != long.MinValue && Age(_unknownKidAt) < options.UnknownKidRefreshInterval)
            {
                return Task.CompletedTask;
            }

            _unknownKidAt = time.GetTimestamp();
            return Start();
        }
    }

    private Task Refresh(TimeSpan retry)
    {
        lock (_gate)
        {
            if (_flight is not null)
            {
                return _flight;
            }

            return _failedAt != long.MinValue && Age(_failedAt) < retry ? Task.CompletedTask : Start();
        }
    }

    // Called with the gate held.
    private Task Start()
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _flight = done.Task;

        // On a thread of its own: the fetch may end at once, and must not do so under the gate.
        _ = Task.Run(() => RunAsync(done));
        return done.Task;
    }

    private async Task RunAsync(TaskCompletionSource done)
    {
        try
        {
            await FetchAsync();
            Volatile.Write(ref _failedAt, long.MinValue);
        }
        catch (Exception exception)
        {
            _learnedUri = null;
            Volatile.Write(ref _failedAt, time.GetTimestamp());
            events.Failed(issuer.Issuer, _loaded is not null, exception);
        }
        finally
        {
            lock (_gate)
            {
                _flight = null;
            }

            done.SetResult();
        }
    }

    private async Task FetchAsync()
    {
        var uri = issuer.JwksUri ?? (_learnedUri ??= await DiscoverAsync());
        var isConfigured = issuer.JwksUri is not null || uri.Authority == new Uri(issuer.Issuer).Authority;
        var document = await CallAsync(uri, isConfigured);
        var old = _loaded;
        var keys = KeySet.Parse(document.Body, old?.Keys);
        if (keys is null || keys.Count == 0)
        {
            throw new InvalidDataException("The issuer's key set has no key that can be used; what was known before stays.");
        }

        var ttl = document.MaxAge is { } age && age < _ttl ? (age > MinTtl ? age : MinTtl) : _ttl;
        _loaded = new Loaded(keys, time.GetTimestamp(), ttl);
        if (old is not null)
        {
            keys.Replace(old.Keys);
        }

        if (keys.Warnings.Count > 0)
        {
            events.Dropped(issuer.Issuer, keys.Warnings);
        }
    }

    // OpenID Connect Discovery 1.0, sections 4.1 to 4.3: the document must name the issuer that was asked.
    private async Task<Uri> DiscoverAsync()
    {
        var address = new Uri(issuer.Issuer.TrimEnd('/') + "/.well-known/openid-configuration");
        var answer = await CallAsync(address, isConfigured: true);
        if (StrictJson.TryParse(answer.Body, 16, out var document) != JwtFailure.None)
        {
            throw new InvalidDataException("The issuer's openid-configuration is no JSON object.");
        }

        using (document)
        {
            var root = document.RootElement;
            if (!root.TryGetProperty("issuer"u8, out var name) || !StrictJson.TryText(name, out var text) || text != issuer.Issuer)
            {
                throw new InvalidDataException("The issuer's openid-configuration names another issuer.");
            }

            return root.TryGetProperty("jwks_uri"u8, out var uri) && StrictJson.TryText(uri, out var keys)
                && Uri.TryCreate(keys, UriKind.Absolute, out var found) && (found.Scheme == Uri.UriSchemeHttps || found.Scheme == Uri.UriSchemeHttp)
                ? found
                : throw new InvalidDataException("The issuer's openid-configuration has no 'jwks_uri' that is an address of the web.");
        }
    }

    private async Task<JwksDocument> CallAsync(Uri uri, bool isConfigured)
    {
        using var timeout = new CancellationTokenSource(issuer.KeyRules.CallTimeout, time);
        return await fetcher.FetchAsync(uri, isConfigured, issuer.KeyRules.MaxBytes, timeout.Token);
    }

    // Whether the task has ended in time.
    private async Task<bool> WaitAsync(Task task, TimeSpan limit, CancellationToken cancellationToken)
    {
        try
        {
            await task.WaitAsync(limit, time, cancellationToken);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }

    private TimeSpan Age(long since) => time.GetElapsedTime(since);

    private sealed class Loaded(KeySet keys, long at, TimeSpan ttl)
    {
        public KeySet Keys { get; } = keys;

        public long At { get; } = at;

        public TimeSpan Ttl { get; } = ttl;
    }
}
