using System.Text;
using ApiGateway.Middleware.Pipeline.Authorization.Jwt;

namespace ApiGateway.Middleware.Tests.Pipeline.Authorization.Jwt;

/// <summary>Answers in place of an issuer's server, as the test says.</summary>
internal sealed class KeyServer : IJwksFetcher, IJwksEvents
{
    private readonly List<string> _failures = [];
    private int _fetches;

    public Func<Uri, CancellationToken, Task<JwksDocument>> Answer { get; set; } = (_, _) => throw new HttpRequestException("nothing there");

    public int Fetches => Volatile.Read(ref _fetches);

    /// <summary>Gets the limit of the last fetch.</summary>
    public int MaxBytes { get; private set; }

    public List<string> Dropped { get; } = [];

    public int Failures => _failures.Count;

    public void Serve(string document, TimeSpan? maxAge = null) => Answer = (_, _) => Task.FromResult(Document(document, maxAge));

    public void Fail() => Answer = (_, _) => throw new HttpRequestException("down");

    public static JwksDocument Document(string text, TimeSpan? maxAge = null) => new(Encoding.UTF8.GetBytes(text), maxAge);

    public Task<JwksDocument> FetchAsync(Uri uri, bool isConfigured, int maxBytes, CancellationToken cancellationToken)
    {
        MaxBytes = maxBytes;
        Interlocked.Increment(ref _fetches);
        return Answer(uri, cancellationToken);
    }

    void IJwksEvents.Failed(string issuer, bool hasKeys, Exception exception) => _failures.Add($"{hasKeys}");

    void IJwksEvents.Dropped(string issuer, IReadOnlyList<string> reasons) => Dropped.AddRange(reasons);
}
