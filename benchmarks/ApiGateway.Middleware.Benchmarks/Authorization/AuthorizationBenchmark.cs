using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using ApiGateway.Middleware.Hosting;
using ApiGateway.Middleware.Pipeline.Authorization.Jwt;
using BenchmarkDotNet.Attributes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace ApiGateway.Middleware.Benchmarks.Authorization;

/// <summary>What does it add to a request that its caller is known: by a token seen before, or by what a function has said of him?</summary>
[MemoryDiagnoser]
public class AuthorizationBenchmark : IDisposable
{
    private const string Issuer = "https://issuer.example";

    private readonly RSA _rsa = RSA.Create(2048);
    private readonly DefaultHttpContext _open = new();
    private readonly DefaultHttpContext _token = new();
    private readonly DefaultHttpContext _function = new();
    private byte[] _text = [];
    private RequestDelegate _gateway = static _ => Task.CompletedTask;
    private ServiceProvider? _provider;

    [GlobalSetup]
    public void Setup()
    {
        var token = new JsonWebTokenHandler().CreateToken(
            $$"""{"iss":"{{Issuer}}","aud":"a","sub":"u","scope":"read write","exp":{{TimeProvider.System.GetUtcNow().ToUnixTimeSeconds() + 86400}},"note":"{{new string('x', 300)}}"}""",
            new SigningCredentials(new RsaSecurityKey(_rsa) { KeyId = "k" }, "RS256"));
        _text = Encoding.ASCII.GetBytes(token);
        _provider = BenchmarkGateway.Create(
            gateway => gateway
                .AddLambdaFunction("auth", static (_, answer, _, _) =>
                {
                    answer.Write("""{"principalId":"a","policyDocument":{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"execute-api:Invoke","Resource":"arn:aws:execute-api:*:*:*/prod/GET/*"}]}}"""u8);
                    return ValueTask.CompletedTask;
                })
                .Services.AddSingleton<IJwksFetcher>(new Keys(_rsa)),
            static api => api
                .JwtAuthorizer("jwt", Issuer, "a")
                .Authorizer("function", static authorizer => (authorizer.AuthorizerUri, authorizer.AuthorizerResultTtlInSeconds) = ("auth", 3600))
                .Map("GET /open", static method => method.Mock())
                .Map("GET /token", static method => method.AuthorizeJwt("jwt", "read").Mock())
                .Map("GET /function", static method => method.Authorize("function").Mock())
                .Stage("prod")
                .Definition.Authorizers["jwt"].AuthorizerResultTtlInSeconds = 3600);
        var app = new ApplicationBuilder(_provider);
        app.UseApiGateway();
        app.Run(static _ => Task.CompletedTask);
        _gateway = app.Build();

        Prepare(_open, "/prod/open", StatusCodes.Status200OK);

        // What lets everybody in is fast, too.
        Prepare(_token, "/prod/token", StatusCodes.Status401Unauthorized);
        Prepare(_function, "/prod/function", StatusCodes.Status401Unauthorized);
        _token.Request.Headers.Authorization = "Bearer " + token;
        _function.Request.Headers.Authorization = "Bearer " + token;
        Prepare(_token, "/prod/token", StatusCodes.Status200OK);
        Prepare(_function, "/prod/function", StatusCodes.Status200OK);
    }

    /// <summary>A method that everybody may call.</summary>
    [Benchmark(Baseline = true)]
    public Task Open() => _gateway(_open);

    /// <summary>A token that was seen before, with a scope of the method.</summary>
    [Benchmark]
    public Task KnownToken() => _gateway(_token);

    /// <summary>A caller of whom a function has said before what they may; the policy is asked again.</summary>
    [Benchmark]
    public Task KnownDecision() => _gateway(_function);

    /// <summary>The hash under which both are remembered, alone.</summary>
    [Benchmark]
    public int BareSha256() => SHA256.HashData(_text, stackalloc byte[SHA256.HashSizeInBytes]);

    [GlobalCleanup]
    public void Dispose()
    {
        _provider?.Dispose();
        _rsa.Dispose();
        GC.SuppressFinalize(this);
    }

    private void Prepare(DefaultHttpContext http, string path, int status)
    {
        http.Features.Set<IHttpRequestFeature>(new HttpRequestFeature
        {
            RawTarget = path,
            Path = path,
            Method = HttpMethods.Get,
            Protocol = "HTTP/1.1",
            Headers = http.Request.Headers,
        });
        http.Request.Host = new HostString("localhost", 5000);
        http.Response.StatusCode = 0;
        _gateway(http).GetAwaiter().GetResult();
        if (http.Response.StatusCode != status)
        {
            throw new InvalidOperationException($"'{path}' was answered with {http.Response.StatusCode}.");
        }
    }

    private sealed class Keys(RSA rsa) : IJwksFetcher
    {
        public Task<JwksDocument> FetchAsync(Uri uri, bool isConfigured, int maxBytes, CancellationToken cancellationToken)
        {
            var key = rsa.ExportParameters(false);
            var text = uri.AbsolutePath.EndsWith("openid-configuration", StringComparison.Ordinal)
                ? $$"""{"issuer":"{{Issuer}}","jwks_uri":"{{Issuer}}/keys"}"""
                : $$"""{"keys":[{"kty":"RSA","kid":"k","n":"{{Base64UrlEncoder.Encode(key.Modulus)}}","e":"{{Base64UrlEncoder.Encode(key.Exponent)}}"}]}""";
            return Task.FromResult(new JwksDocument(Encoding.UTF8.GetBytes(text), null));
        }
    }
}
