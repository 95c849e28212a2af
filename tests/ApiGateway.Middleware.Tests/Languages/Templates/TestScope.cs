using System.Text;
using ApiGateway.Middleware.Languages.Templates;
using ApiGateway.Middleware.Languages.Templates.Variables;
using ApiGateway.Middleware.Languages.Values;

namespace ApiGateway.Middleware.Tests.Languages.Templates;

/// <summary>The variables of an invented request, and <c>$b</c>, the root of its payload.</summary>
internal sealed class TestScope : TemplateScope
{
    private static readonly StageVariablesObject StageVariables = new(
        new Dictionary<string, string> { ["url"] = "example.com", ["name"] = "n" });

    private readonly JsonBody _body;
    private readonly GatewayScope _gateway;

    public TestScope(string body)
        : this(Encoding.UTF8.GetBytes(body))
    {
    }

    public TestScope(byte[] body)
    {
        _body = new(body);
        _gateway = new(new(_body, new TestParameters()), new ContextObject(TestContext.Instance, Overrides), StageVariables);
    }

    public ContextOverrides Overrides { get; } = new();

    public override bool TryResolve(string name, out Value value)
    {
        if (name == "b")
        {
            return _body.TryGetRoot(out value);
        }

        return _gateway.TryResolve(name, out value);
    }

    private sealed class TestParameters : ParameterSource
    {
        private static readonly Dictionary<string, string>[] All =
        [
            new() { ["id"] = "42", ["both"] = "path" },
            new() { ["q"] = "a b", ["both"] = "query" },
            new() { ["Accept"] = "text/html", ["both"] = "header", ["X-One"] = "1" },
        ];

        public override bool TryGet(ParameterLocation location, string name, out string value) =>
            All[(int)location].TryGetValue(name, out value!);

        public override void CopyTo(ParameterLocation location, ValueMap map)
        {
            foreach (var (name, value) in All[(int)location])
            {
                map.Put(name, Value.Of(value));
            }
        }
    }

    private sealed class TestContext(Dictionary<string, Value> members) : TemplateObject
    {
        private readonly string[] _keys = [.. members.Keys];

        public static TestContext Instance { get; } = new(new()
        {
            ["requestId"] = Value.Of("req-1"),
            ["extendedRequestId"] = Value.Of("ext-1"),
            ["apiId"] = Value.Of("api1"),
            ["stage"] = Value.Of("test"),
            ["resourceId"] = Value.Of("res1"),
            ["resourcePath"] = Value.Of("/items/{id}"),
            ["httpMethod"] = Value.Of("POST"),
            ["requestTime"] = Value.Of("14/Nov/2023:22:13:20 +0000"),
            ["requestTimeEpoch"] = Value.Of(1700000000000),
            ["path"] = Value.Of("/test/items/42"),
            ["accountId"] = Value.Of("123456789012"),
            ["protocol"] = Value.Of("HTTP/1.1"),
            ["domainPrefix"] = Value.Of("api1"),
            ["domainName"] = Value.Of("api1.example.com"),
            ["deploymentId"] = Value.Of("dep1"),
            ["identity"] = Value.Of(new TestContext(new()
            {
                ["sourceIp"] = Value.Of("192.0.2.1"),
                ["userAgent"] = Value.Of("test"),
            })),
        });

        public override IReadOnlyList<string> Keys => _keys;

        public override Value GetProperty(string name) => members.GetValueOrDefault(name);
    }
}
