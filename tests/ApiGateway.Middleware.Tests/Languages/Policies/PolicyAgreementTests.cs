using ApiGateway.Middleware.Languages.Policies;

namespace ApiGateway.Middleware.Tests.Languages.Policies;

public sealed class PolicyAgreementTests
{
    private const int Documents = 1_000;
    private const int RequestsEach = 25;

    [Theory]
    [InlineData(1, 0)]
    [InlineData(2, 0)]
    [InlineData(3, 1)]
    [InlineData(4, 2)]
    public void Evaluate_RandomPoliciesAndRequests_AgreesWithTheReference(int seed, int kindNumber)
    {
        var kind = (PolicyKind)kindNumber;
        var random = new RandomPolicy(seed);
        var counts = new int[3];

        for (var i = 0; i < Documents; i++)
        {
            var json = random.Document(kind);
            Assert.True(PolicyDocument.TryParse(json, kind, TestPolicy.Options, out var document, out var issues), $"{json}: {string.Join("; ", issues.Errors)}");
            var reference = new ReferenceEvaluator(json, kind, TestPolicy.ApiArn);
            for (var j = 0; j < RequestsEach; j++)
            {
                var (action, arn, caller, keys) = random.Request();

                var outcome = TestPolicy.Evaluate(document, arn, caller, keys, action).Outcome;

                counts[(int)outcome]++;
                var expected = reference.Evaluate(action.Name, arn, caller, keys);
                if (outcome.ToString() != expected)
                {
                    Assert.Fail($"{expected} expected: {json}\n{document.Explain(TestPolicy.Request(arn, caller, keys, action))}\n{keys}");
                }
            }
        }

        // Without many of each the agreement would say little.
        Assert.All(counts, static count => Assert.InRange(count, Documents * RequestsEach / 20, Documents * RequestsEach));
    }
}
