using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using ApiGateway.Middleware.Contracts;
using ApiGateway.Middleware.Pipeline.Authorization.Iam;
using ApiGateway.Middleware.Signing;
using BenchmarkDotNet.Attributes;
using Microsoft.AspNetCore.Http;

namespace ApiGateway.Middleware.Benchmarks.Authorization;

/// <summary>What does it cost to verify a signed request?</summary>
[MemoryDiagnoser]
public class SignatureBenchmark
{
    private const string Target = "/prod/pets/42?limit=10&offset=20";

    private readonly SigV4Options _options = new();
    private readonly SigV4Credential _credential = new("AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY");
    private readonly byte[] _key = new byte[32];
    private readonly byte[] _text = Encoding.UTF8.GetBytes(new string('x', 140));
    private SignatureVerifier _verifier = null!;
    private HeaderDictionary _headers = null!;
    private byte[] _body = [];

    /// <summary>Gets or sets the size of the body in bytes.</summary>
    [Params(0, 64 * 1024)]
    public int Body { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        _body = new byte[Body];
        _options.ClockSkew = TimeSpan.FromDays(1);
        _verifier = new SignatureVerifier(_options, "us-east-1", new InMemoryCredentialStore([_credential]), TimeProvider.System);
        using var request = new HttpRequestMessage(HttpMethod.Get, "https://abc123.execute-api.us-east-1.amazonaws.com" + Target);
        new RequestSigner().Sign(
            request, _body, new AwsCredentials("AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"), "us-east-1", "execute-api",
            TimeProvider.System.GetUtcNow());
        _headers = new HeaderDictionary { ["Host"] = request.RequestUri!.Host };
        foreach (var (name, values) in request.Headers.NonValidated)
        {
            _headers[name] = values.ToString();
        }

        if (!Verify())
        {
            throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture, $"The signature of {Body} bytes does not hold."));
        }
    }

    /// <summary>The hashes alone: body, canonical request, string to sign.</summary>
    [Benchmark(Baseline = true)]
    public int Hashes()
    {
        Span<byte> hash = stackalloc byte[32];
        SHA256.HashData(_body, hash);
        SHA256.HashData(_text, hash);
        return HMACSHA256.HashData(_key, _text, hash);
    }

    [Benchmark]
    public bool Verify()
    {
        var request = new SignedHttpRequest("GET", Target, _headers, isTls: true);
        if (!_verifier.TryRead(request, out var claim, out _))
        {
            return false;
        }

        var pending = _verifier.VerifyAsync(request, claim, _body, CancellationToken.None);
        return pending.IsCompletedSuccessfully && pending.Result.Credential is not null;
    }
}
