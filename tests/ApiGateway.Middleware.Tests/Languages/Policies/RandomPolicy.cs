using System.Globalization;
using System.Net;
using System.Text;
using ApiGateway.Middleware.Languages.Policies;

namespace ApiGateway.Middleware.Tests.Languages.Policies;

/// <summary>Makes policies and requests of few words, so that they often meet.</summary>
internal sealed class RandomPolicy(int seed)
{
    private const string Api = TestPolicy.ApiArn;

    private static readonly string[] Actions =
        ["*", "execute-api:*", "execute-api:Invoke", "EXECUTE-API:invoke", "execute-api:In*", "execute-api:?n*e", "s3:*", "execute-api:ManageConnections", "**"];

    private static readonly string[] Resources =
    [
        "*", "execute-api:/*", "execute-api:/dev/*", "execute-api:/*/GET/pets", Api + "/*", Api + "/dev/GET/pets*", Api + "/*/pets", Api + "/dev/*/p?ts/*",
        Api + "/", "arn:aws:execute-api:*", "arn:*:execute-api:us-*:*:*/dev/*", "arn:aws:execute-api", "arn:aws:s3:::x", Api + "/dev/GET/home/${aws:username}",
        Api + "/dev/GET/home/${aws:username}/*", Api + "/dev/GET/home/${missing, 'all'}", Api + "/*/${aws:PrincipalOrgPaths}", Api + "/dev/GET/${*}", Api + "/dev/GET/${",
        "arn:aws:execute-api:${aws:username}:*:*", Api + "/*a*a*a", Api + "/dev/GET/${$}{aws:username}", "execute-api:/dev/GET/home/${aws:username}?",
    ];

    private static readonly string[] Paths =
        ["dev/GET/pets", "dev/GET/pets/1", "prod/GET/pets", "dev/POST/pets", "dev/GET/", "dev/GET/home/ann", "dev/GET/home/*", "dev/GET/home/ann/x", "dev/GET/home/all", "dev/GET/*", "dev/GET/${", "dev/GET/banana", "dev/GET/${aws:username}", "dev/GET/home/anna"];

    private static readonly string[] Principals =
    [
        "\"*\"", "{\"AWS\":\"*\"}", "{\"AWS\":\"111122223333\"}", "{\"AWS\":\"arn:aws:iam::111122223333:root\"}", "{\"AWS\":\"arn:aws:iam::111122223333:user/ann\"}",
        "{\"AWS\":[\"arn:aws:iam::111122223333:user/ann\",\"111122223333\"]}", "{\"AWS\":[\"arn:aws:iam::111122223333:role/p/reader\",\"444455556666\"]}",
        "{\"AWS\":[\"arn:aws:sts::111122223333:assumed-role/reader/s1\",\"arn:aws:iam::111122223333:root\"]}", "{\"AWS\":\"arn:aws:iam::111122223333:user/*\"}",
        "{\"Service\":\"s.test\",\"AWS\":\"444455556666\"}",
    ];

    private static readonly string[] Callers =
    [
        "", "arn:aws:iam::111122223333:user/ann", "arn:aws:iam::111122223333:user/bob", "arn:aws:sts::111122223333:assumed-role/reader/s1",
        "arn:aws:sts::111122223333:assumed-role/writer/s1", "arn:aws:iam::444455556666:root", "arn:aws:sts::444455556666:federated-user/f", "service",
    ];

    private static readonly string[] Prefixes = ["", "", "", "ForAnyValue:", "ForAllValues:"];
    private static readonly string[] Suffixes = ["", "", "IfExists"];

    // An operator, and values that it can read.
    private static readonly (string Operator, string[] Values)[] Operators =
    [
        ("StringEquals", ["\"ann\"", "\"a*\"", "\"${aws:username}\"", "\"${missing}\"", "443", "true", "\"\""]),
        ("StringNotEquals", ["\"ann\"", "\"*\"", "\"${aws:username}\"", "\"${missing}\""]),
        ("StringEqualsIgnoreCase", ["\"ANN\"", "\"${AWS:USERNAME}\"", "\"x\""]),
        ("StringNotEqualsIgnoreCase", ["\"ANN\"", "\"x\""]),
        ("StringLike", ["\"a*\"", "\"*n?\"", "\"${aws:username}*\"", "\"${*}\"", "\"${missing, '*'}\"", "\"*\"", "\"o/?\""]),
        ("StringNotLike", ["\"a*\"", "\"*n\"", "\"${aws:username}\""]),
        ("NumericEquals", ["443", "\"443.0\"", "\"x\""]),
        ("NumericNotEquals", ["443", "\"x\""]),
        ("NumericLessThan", ["443", "1000"]),
        ("NumericLessThanEquals", ["443", "1"]),
        ("NumericGreaterThan", ["443", "1"]),
        ("NumericGreaterThanEquals", ["443", "1000"]),
        ("DateEquals", ["\"2030-01-01\"", "\"2030-01-01T01:00:00+01:00\"", "1893456000"]),
        ("DateNotEquals", ["\"2030-01-01\"", "0"]),
        ("DateLessThan", ["\"2030-01-01\"", "\"2031-01-01T00:00Z\""]),
        ("DateLessThanEquals", ["\"2030-01-01\"", "0"]),
        ("DateGreaterThan", ["\"2030-01-01\"", "443"]),
        ("DateGreaterThanEquals", ["\"2030-01-01T00:00:00.5Z\"", "\"2030-01-01\""]),
        ("Bool", ["true", "\"False\"", "\"${flag}\"", "\"${missing}\""]),
        ("IpAddress", ["\"10.0.0.0/8\"", "\"192.0.2.1\"", "\"2001:db8::/32\"", "\"0.0.0.0/0\""]),
        ("NotIpAddress", ["\"10.0.0.0/8\"", "\"2001:db8::/32\""]),
        ("ArnLike", ["\"arn:aws:iam::*:user/*\"", "\"*\"", "\"arn:aws:iam::${aws:PrincipalAccount}:user/${aws:username}\"", "\"arn:aws:iam*\""]),
        ("ArnNotEquals", ["\"arn:aws:iam::*:user/*\"", "\"arn:aws:iam\""]),
    ];

    private static readonly string[] KeyNames =
        ["aws:username", "AWS:UserName", "aws:SourceIp", "aws:EpochTime", "aws:CurrentTime", "aws:PrincipalOrgPaths", "aws:SecureTransport", "aws:PrincipalArn", "n", "flag", "missing"];

    private readonly Random _random = new(seed);

    public string Document(PolicyKind kind)
    {
        var json = new StringBuilder("{");
        var version = Pick("\"Version\":\"2012-10-17\",", "\"Version\":\"2012-10-17\",", "\"Version\":\"2008-10-17\",", "");
        var hasVariables = version.Contains("2012", StringComparison.Ordinal);
        json.Append(version).Append("\"Statement\":[");
        var count = _random.Next(1, 5);
        for (var i = 0; i < count; i++)
        {
            json.Append(i == 0 ? "{" : ",{");
            json.Append(CultureInfo.InvariantCulture, $"\"Effect\":\"{(_random.Next(3) == 0 ? "Deny" : "Allow")}\",");
            json.Append(CultureInfo.InvariantCulture, $"\"{Pick("", "", "", "Not")}Action\":{List(Actions)},\"{Pick("", "", "", "Not")}Resource\":{List(Resources)}");
            if (kind == PolicyKind.Resource)
            {
                json.Append(CultureInfo.InvariantCulture, $",\"{Pick("", "", "Not")}Principal\":{Pick(Principals)}");
            }

            if (_random.Next(3) > 0)
            {
                json.Append(CultureInfo.InvariantCulture, $",\"Condition\":{Condition(hasVariables)}");
            }

            json.Append('}');
        }

        return json.Append("]}").ToString();
    }

    public (PolicyAction Action, string Arn, PolicyPrincipal Caller, TestKeys Keys) Request()
    {
        var arn = Callers[_random.Next(Callers.Length)];
        var caller = arn switch
        {
            "" => PolicyPrincipal.Anonymous,
            "service" => new PolicyPrincipal { Type = PolicyPrincipalType.Other, Arn = "arn:aws:x:::s", Services = ["s.test"] },
            _ => TestPolicy.Caller(arn),
        };

        return (PolicyAction.Of(Pick("execute-api:Invoke", "execute-api:Invoke", "execute-api:ManageConnections", "s3:Get")),
            _random.Next(10) == 0 ? "arn:aws:s3:::x" : $"{Api}/{Pick(Paths)}", caller, Keys());
    }

    private TestKeys Keys()
    {
        var keys = new TestKeys();
        Maybe(() => keys.With("aws:username", Pick("ann", "ANN", "bob", "*", "", "a*")));
        Maybe(() =>
        {
            var address = Pick("10.1.1.1", "192.0.2.1", "2001:db8::1");
            keys.With("aws:SourceIp", PolicyValue.Of(IPAddress.Parse(address)), address);
        });
        Maybe(() => keys.With("aws:EpochTime", PolicyValue.Of(1893456000), "1893456000"));
        Maybe(() =>
        {
            var time = new DateTimeOffset(2030, 1, 1, 0, 0, _random.Next(2), TimeSpan.Zero);
            keys.With("aws:CurrentTime", PolicyValue.Of(time), $"2030-01-01T00:00:0{time.Second}Z");
        });
        Maybe(() => keys.With("aws:PrincipalOrgPaths", Pick<string[]>([], [""], ["o/1"], ["ann", "o/2"], ["x", "bob"], ["443", "true"])));
        Maybe(() =>
        {
            var secure = _random.Next(2) == 0;
            keys.With("aws:SecureTransport", PolicyValue.Of(secure), secure ? "true" : "false");
        });
        Maybe(() => keys.With("aws:PrincipalArn", Pick("arn:aws:iam::111122223333:user/ann", "arn:aws:iam::2:role/x", "none")));
        Maybe(() => keys.With("aws:PrincipalAccount", "111122223333"));
        Maybe(() => keys.With("n", Pick("443", "443.00", "-1", "x", "")));
        Maybe(() => keys.With("flag", Pick("true", "FALSE", "x")));
        return keys;
    }

    private string Condition(bool hasVariables)
    {
        var operators = new Dictionary<string, string>();
        for (var i = _random.Next(1, 3); i > 0; i--)
        {
            if (_random.Next(12) == 0)
            {
                operators["Null"] = $"{{\"{Pick(KeyNames)}\":{Pick("true", "\"false\"", "[true,false]")}}}";
                continue;
            }

            var (name, values) = Operators[_random.Next(Operators.Length)];
            if (name == "Bool" && !hasVariables)
            {
                // Without variables these are no truth values, and the document is invalid.
                values = [.. values.Where(static value => !value.Contains('$', StringComparison.Ordinal))];
            }

            var keys = new Dictionary<string, string>();
            for (var k = _random.Next(1, 3); k > 0; k--)
            {
                keys[Pick(KeyNames)] = _random.Next(20) == 0 ? "[]" : _random.Next(2) == 0 ? Pick(values) : $"[{Pick(values)},{Pick(values)}]";
            }

            operators[Pick(Prefixes) + name + Pick(Suffixes)] = $"{{{string.Join(',', keys.Select(static key => $"\"{key.Key}\":{key.Value}"))}}}";
        }

        return $"{{{string.Join(',', operators.Select(static op => $"\"{op.Key}\":{op.Value}"))}}}";
    }

    private string List(string[] entries) => _random.Next(2) == 0 ? $"\"{Pick(entries)}\"" : $"[\"{Pick(entries)}\",\"{Pick(entries)}\"]";

    private void Maybe(Action action)
    {
        if (_random.Next(4) > 0)
        {
            action();
        }
    }

    private T Pick<T>(params T[] items) => items[_random.Next(items.Length)];
}
