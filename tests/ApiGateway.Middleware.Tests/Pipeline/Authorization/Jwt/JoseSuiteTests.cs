using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using ApiGateway.Middleware.Pipeline.Authorization.Jwt;
using ApiGateway.Middleware.Snapshots;

namespace ApiGateway.Middleware.Tests.Pipeline.Authorization.Jwt;

/// <summary>Public test vectors of signed tokens and keys, read from <c>shared/conformance/jose</c>.</summary>
public sealed class JoseSuiteTests
{
    private const JwtAlgorithms All = JwtAlgorithms.RS256 | JwtAlgorithms.RS384 | JwtAlgorithms.RS512 | JwtAlgorithms.PS256 | JwtAlgorithms.PS384
        | JwtAlgorithms.PS512 | JwtAlgorithms.ES256 | JwtAlgorithms.ES384 | JwtAlgorithms.ES512;

    [Theory]
    [InlineData("jose/json_web_signature_test.json", 401)]
    [InlineData("jose/json_web_key_test.json", 26)]
    public void Verify_EachVector_IsAsItSays(string file, int cases)
    {
        var path = ConformanceFolder.Find(file);
        Assert.SkipUnless(path is not null, "The folder shared/conformance/jose is not there.");
        using var suite = JsonDocument.Parse(File.ReadAllText(path));
        var wrong = new List<string>();
        var (count, accepted) = (0, 0);

        foreach (var group in suite.RootElement.GetProperty("testGroups").EnumerateArray())
        {
            foreach (var test in group.GetProperty("tests").EnumerateArray())
            {
                count++;
                var isGood = Verifies(test.GetProperty("jws"), group, out var why);
                accepted += isGood ? 1 : 0;
                if (isGood != IsExpectedGood(test, group))
                {
                    wrong.Add($"{test.GetProperty("tcId")} '{test.GetProperty("comment")}' of '{group.GetProperty("comment")}': {(isGood ? "accepted" : why)}");
                }
            }
        }

        Assert.True(wrong.Count == 0, string.Join("\n", wrong));
        Assert.Equal(cases, count);
        Assert.True(accepted > 0);
    }

    private static bool IsExpectedGood(JsonElement test, JsonElement group)
    {
        if (test.GetProperty("result").GetString() != "valid")
        {
            return false;
        }

        // A token without payload is none: it might be signed for what travels beside it.
        if (test.GetProperty("comment").GetString() == "emptyPayload")
        {
            return false;
        }

        // Their keys name another algorithm, or one that does not exist: a key is for what it says.
        if (test.GetProperty("comment").GetString() is "Figure20" or "Figure27" && group.TryGetProperty("public", out var key))
        {
            var unnamed = JsonNode.Parse(key.GetRawText())!.AsObject();
            unnamed.Remove("alg");
            Assert.True(Verifies(test.GetProperty("jws"), unnamed.ToJsonString(), out var why), why);
            return false;
        }

        // Symmetric signatures are never taken: who can verify them could make them.
        return group.TryGetProperty("public", out _);
    }

    private static bool Verifies(JsonElement jws, JsonElement group, out string why)
    {
        var key = group.TryGetProperty("public", out var publicKey) ? publicKey : group.GetProperty("private");
        return Verifies(jws, key.GetRawText(), out why);
    }

    private static bool Verifies(JsonElement jws, string key, out string why)
    {
        why = "no text";
        if (jws.ValueKind != JsonValueKind.String)
        {
            return false;
        }

        var set = key.Contains("\"keys\"", StringComparison.Ordinal) ? key : $$"""{"keys":[{{key}}]}""";
        var plan = new JwtPlan { Profile = JwtProfile.Rest, Issuers = [], Algorithms = All, AllowMissingKid = true, MaxTokenBytes = 100_000 };
        var text = jws.GetString()!;
        if (!Ascii.IsValid(text))
        {
            return false;
        }

        var failure = JwsToken.TryRead(Encoding.ASCII.GetBytes(text), plan, out var token);
        if (failure == JwtFailure.None)
        {
            var keys = KeySet.Parse(Encoding.UTF8.GetBytes(set));
            if (keys is null)
            {
                why = "no key set";
                return false;
            }

            failure = keys.Find(token!.Kid, out var found);
            if (found is not null)
            {
                failure = (found.Algorithms & token.Algorithm) == JwtAlgorithms.None ? JwtFailure.AlgorithmNotAllowed
                    : found.Verify(token) ? JwtFailure.None : JwtFailure.BadSignature;
            }
        }

        why = failure.ToCode();
        return failure == JwtFailure.None;
    }
}
