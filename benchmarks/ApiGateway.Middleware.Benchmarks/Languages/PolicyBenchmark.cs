using System.Globalization;
using System.Net;
using System.Text;
using ApiGateway.Middleware.Languages.Policies;
using BenchmarkDotNet.Attributes;

namespace ApiGateway.Middleware.Benchmarks.Languages;

/// <summary>What does it cost to ask a policy of 20 statements, and to compile it?</summary>
[MemoryDiagnoser]
public class PolicyBenchmark
{
    private const string Api = "arn:aws:execute-api:us-east-1:123456789012:abc123";
    private const int Resources = 16;

    private static readonly PolicyOptions Options = new() { ApiArn = Api };

    private readonly Keys _keys = new();
    private byte[] _json = [];
    private PolicyDocument _document = null!;
    private PolicyPrincipal _caller = null!;
    private string _arn = "";

    /// <summary>Gets or sets the request: allowed by the last statement, denied by the first, or by none.</summary>
    [Params("allowed", "denied", "neither")]
    public string Request { get; set; } = "allowed";

    [GlobalSetup]
    public void Setup()
    {
        // Three denials by address, time and agent; permissions by path, with wildcards; one by variable.
        var json = new StringBuilder(
            """
            {"Version":"2012-10-17","Statement":[
            {"Effect":"Deny","Principal":"*","Action":"execute-api:*","Resource":"execute-api:/*/DELETE/*","Condition":{"NotIpAddress":{"aws:SourceIp":["10.0.0.0/8","2001:db8::/32"]}}},
            {"Effect":"Deny","Principal":"*","Action":"*","Resource":"*","Condition":{"Bool":{"aws:SecureTransport":"false"}}},
            {"Effect":"Deny","Principal":"*","Action":"*","Resource":"*","Condition":{"StringLike":{"aws:UserAgent":["*crawler*","*spider*"]},"DateGreaterThan":{"aws:CurrentTime":"2020-01-01"}}},
            """);
        for (var i = 0; i < Resources; i++)
        {
            json.Append(
                CultureInfo.InvariantCulture,
                $$"""{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::111122223333:user/u{{i}}"},"Action":["execute-api:Invoke"],"Resource":["execute-api:/prod/GET/r{{i}}*","execute-api:/*/POST/r{{i}}/*/items"]},""");
        }

        json.Append("""{"Effect":"Allow","Principal":{"AWS":"111122223333"},"Action":"execute-api:Invoke","Resource":"execute-api:/prod/*/home/${aws:username}/*"}]}""");
        _json = Encoding.UTF8.GetBytes(json.ToString());
        _document = Compile();
        if (!PolicyPrincipal.TryFromArn("arn:aws:iam::111122223333:user/ann", out var caller))
        {
            throw new InvalidOperationException("The caller's ARN is wrong.");
        }

        _caller = caller;
        _arn = Api + Request switch
        {
            "allowed" => "/prod/GET/home/ann/photos",
            "denied" => "/prod/DELETE/home/ann/photos",
            _ => "/prod/GET/home/bob/photos",
        };
        var expected = Request switch
        {
            "allowed" => PolicyOutcome.Allow,
            "denied" => PolicyOutcome.ExplicitDeny,
            _ => PolicyOutcome.Neither,
        };
        if (Evaluate() != (int)expected || _document.StatementCount != Resources + 4)
        {
            throw new InvalidOperationException($"The policy says {(PolicyOutcome)Evaluate()}, but should say {expected}.");
        }
    }

    /// <summary>Only splits the ARN, as every evaluation must.</summary>
    [Benchmark(Baseline = true)]
    public int SplitArn() => ArnParts.TryParse(_arn, out var parts) ? parts.Resource.Length : 0;

    [Benchmark]
    public int Evaluate() => ArnParts.TryParse(_arn, out var parts)
        ? (int)_document.Evaluate(new PolicyRequest(PolicyAction.Invoke, parts, _caller, _keys)).Outcome
        : -1;

    [Benchmark]
    public object CompileDocument() => Compile();

    private PolicyDocument Compile() =>
        PolicyDocument.TryParse(_json, PolicyKind.Resource, Options, out var document, out var issues)
            ? document
            : throw new InvalidOperationException(string.Join("; ", issues.Errors));

    private sealed class Keys : PolicyKeySource
    {
        private readonly IPAddress _address = IPAddress.Parse("192.0.2.1");
        private readonly DateTimeOffset _now = new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);

        public override bool TryGet(PolicyKey key, out PolicyValue value)
        {
            value = key.Id switch
            {
                PolicyKeyId.SourceIp => PolicyValue.Of(_address),
                PolicyKeyId.SecureTransport => PolicyValue.Of(true),
                PolicyKeyId.CurrentTime => PolicyValue.Of(_now),
                PolicyKeyId.UserName => PolicyValue.Of("ann"),
                PolicyKeyId.UserAgent => PolicyValue.Of("Mozilla/5.0 (X11; Linux x86_64; rv:130.0) Gecko/20100101 Firefox/130.0"),
                _ => default,
            };
            return value.Kind != PolicyValueKind.None;
        }
    }
}
