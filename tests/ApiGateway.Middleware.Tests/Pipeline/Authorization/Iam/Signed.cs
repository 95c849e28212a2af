using System.Text;
using ApiGateway.Middleware.Contracts;
using ApiGateway.Middleware.Pipeline.Authorization.Iam;
using ApiGateway.Middleware.Responses;
using ApiGateway.Middleware.Tests.Signing;
using ApiGateway.Middleware.Signing;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace ApiGateway.Middleware.Tests.Pipeline.Authorization.Iam;

/// <summary>Requests that are signed in this test, and what the verifier says to them.</summary>
internal sealed class Signed
{
    public const string Id = "AKIDEXAMPLE";
    public const string Secret = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";
    public const string Host = "abc123.execute-api.us-east-1.amazonaws.com";
    public const string Timestamp = "20150830T123600Z";

    public static readonly DateTimeOffset Now = new(2015, 8, 30, 12, 36, 0, TimeSpan.Zero);

    public string Method { get; set; } = "GET";

    public string Target { get; set; } = "/prod/pets/a%20b/%40me?b=2&a=x%20y&a=1&flag";

    public IHeaderDictionary Headers { get; } = new HeaderDictionary { ["Host"] = Host, ["X-Amz-Date"] = Timestamp };

    public byte[] Body { get; set; } = [];

    public bool IsTls { get; set; }

    public FixedTime Time { get; } = new(Now);

    public SigV4Options Options { get; } = new() { MinAccessKeyIdLength = 1 };

    public string Region { get; set; } = "us-east-1";

    public ISigV4CredentialStore Store { get; set; } = new InMemoryCredentialStore([new(Id, Secret)]);

    /// <summary>Signs in the header form, with the clock of <see cref="Timestamp"/>.</summary>
    public Signed Sign(string names = "host;x-amz-date", string? scope = null, string id = Id)
    {
        scope ??= "20150830/us-east-1/execute-api/aws4_request";
        Headers.Authorization = $"AWS4-HMAC-SHA256 Credential={id}/{scope}, SignedHeaders={names}, Signature={SignatureOf(names)}";
        return this;
    }

    /// <summary>Signs in the query form.</summary>
    public Signed Presign(string? expires = "60", string names = "host", string? payload = null)
    {
        Headers.Remove("X-Amz-Date");
        var separator = Target.Contains('?', StringComparison.Ordinal) ? '&' : '?';
        Target += $"{separator}X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential={Id}%2F20150830%2Fus-east-1%2Fexecute-api%2Faws4_request"
            + $"&X-Amz-Date={Timestamp}{(expires is null ? "" : $"&X-Amz-Expires={expires}")}&X-Amz-SignedHeaders={names.Replace(";", "%3B", StringComparison.Ordinal)}";
        Target += "&X-Amz-Signature=" + SignatureOf(names, payload);
        return this;
    }

    /// <summary>Signs; <paramref name="payload"/> may stand in place of the body's hash.</summary>
    public string SignatureOf(string names, string? payload = null)
    {
        var request = new SignedRequest
        {
            Method = Method,
            Target = Target,
            Headers = [.. Headers.SelectMany(static header => header.Value.Select(value => (header.Key, value!)))],
            Body = Body,
        };
        var scope = new CredentialScope("20150830", "us-east-1", "execute-api");
        var canonical = request.Canonical(names);
        canonical = payload is null ? canonical : canonical[..(canonical.LastIndexOf('\n') + 1)] + payload;
        return SignedRequest.Signature(SignedRequest.StringToSign(canonical, Timestamp, scope), Secret, scope);
    }

    public SignatureVerifier Verifier() => new(Options, Region, Store, Time);

    public Task<SigV4Result> VerifyAsync() => VerifyAsync(Verifier());

    public async Task<SigV4Result> VerifyAsync(SignatureVerifier verifier)
    {
        var request = new SignedHttpRequest(Method, Target, Headers, IsTls);
        return verifier.TryRead(request, out var claim, out var refusal)
            ? await verifier.VerifyAsync(request, claim, Body, CancellationToken.None)
            : new SigV4Result(refusal);
    }

    public async Task<GatewayRefusal> RefusalAsync()
    {
        var result = await VerifyAsync();
        Assert.Null(result.Credential);
        return result.Refusal!;
    }

    public Signed With(string header, StringValues value)
    {
        Headers[header] = value;
        return this;
    }

    public Signed WithBody(string text)
    {
        Body = Encoding.UTF8.GetBytes(text);
        return this;
    }

    internal sealed class FixedTime(DateTimeOffset now) : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = now;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override DateTimeOffset GetUtcNow() => Now;

        public override long GetTimestamp() => Now.Ticks;
    }
}
