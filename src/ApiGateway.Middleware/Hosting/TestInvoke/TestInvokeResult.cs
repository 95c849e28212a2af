namespace ApiGateway.Middleware.Hosting.TestInvoke;

/// <summary>What a method answered, and how it came to that.</summary>
public sealed class TestInvokeResult
{
    internal TestInvokeResult(
        int status, string body, IReadOnlyDictionary<string, IReadOnlyList<string>> headers, string log, TimeSpan latency)
    {
        Status = status;
        Body = body;
        MultiValueHeaders = headers;
        Headers = headers.ToDictionary(static header => header.Key, static header => header.Value[^1], StringComparer.OrdinalIgnoreCase);
        Log = log;
        Latency = latency;
    }

    /// <summary>Gets the status.</summary>
    public int Status { get; }

    /// <summary>Gets the body as UTF-8; bytes that are none are U+FFFD.</summary>
    public string Body { get; }

    /// <summary>Gets the headers; of those with several lines the last. Neither those of the server nor the length are among them.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; }

    /// <summary>Gets the headers with all their lines.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> MultiValueHeaders { get; }

    /// <summary>Gets the execution log: lines that end with <c>\n</c>, the first of which names the request.</summary>
    public string Log { get; }

    /// <summary>Gets how long the request took, the backend included.</summary>
    public TimeSpan Latency { get; }
}
