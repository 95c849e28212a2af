using System.Diagnostics;
using System.Text;
using ApiGateway.Middleware.Languages.Policies;
using ApiGateway.Middleware.Languages.Policies.Matching;

namespace ApiGateway.Middleware.Tests.Languages.Policies;

public sealed class PolicyFuzzTests
{
    // Far above what any of these takes, far below what backtracking would take.
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(5);

    private static readonly PolicyOptions Wide = TestPolicy.Options with
    {
        Limits = new PolicyLimits { MaxLength = int.MaxValue, MaxValues = int.MaxValue, MaxStatements = int.MaxValue },
    };

    [Fact]
    public void TryParse_RandomBytes_NeverThrows()
    {
        var random = new Random(5);
        for (var i = 0; i < 20_000; i++)
        {
            var bytes = new byte[random.Next(60)];
            random.NextBytes(bytes);

            Assert.False(PolicyDocument.TryParse(bytes, (PolicyKind)(i % 4), TestPolicy.Options, out _, out var issues));
            Assert.NotEmpty(issues.Errors);
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void TryParse_MutatedDocuments_NeverThrowsAndEvaluates(int kindNumber)
    {
        const string Alphabet = "{}[]\",:*?$'\\ aA01/.-Nut\u0000\u00e9\ud83d";
        var kind = (PolicyKind)kindNumber;
        var random = new Random(7 + kindNumber);
        var policies = new RandomPolicy(11 + kindNumber);
        var valid = 0;
        for (var i = 0; i < 10_000; i++)
        {
            var text = new StringBuilder(policies.Document(kind == PolicyKind.Endpoint ? PolicyKind.Resource : kind));
            for (var edits = random.Next(1, 4); edits > 0; edits--)
            {
                var at = random.Next(text.Length);
                switch (random.Next(3))
                {
                    case 0:
                        text[at] = Alphabet[random.Next(Alphabet.Length)];
                        break;
                    case 1:
                        text.Remove(at, Math.Min(random.Next(1, 20), text.Length - at));
                        break;
                    default:
                        text.Insert(at, Alphabet[random.Next(Alphabet.Length)]);
                        break;
                }
            }

            if (PolicyDocument.TryParse(text.ToString(), kind, TestPolicy.Options, out var document, out var issues))
            {
                valid++;
                var (action, arn, caller, keys) = policies.Request();
                TestPolicy.Evaluate(document, arn, caller, keys, action);
                document.Explain(TestPolicy.Request(arn, caller, keys, action));
            }
            else
            {
                Assert.All(issues.Errors, static error => Assert.StartsWith("Policy at '$", error.ToString(), StringComparison.Ordinal));
            }
        }

        Assert.InRange(valid, 100, 9_900);
    }

    [Theory]
    [InlineData("[", 500_000)]
    [InlineData("{\"Statement\":", 80_000)]
    [InlineData("{\"a\":1,", 150_000)]
    public void TryParse_DeepOrLong_EndsSoon(string piece, int count)
    {
        var text = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat(piece, count)));
        var clock = Stopwatch.StartNew();

        Assert.False(PolicyDocument.TryParse(text, PolicyKind.Resource, Wide, out _, out _));
        Assert.False(PolicyDocument.TryParse(text, PolicyKind.Resource, TestPolicy.Options, out _, out _));

        Assert.True(clock.Elapsed < Bound, $"took {clock.Elapsed}");
    }

    [Fact]
    public void TryParse_ManyUnknownMembers_EndsSoonWithFewErrors()
    {
        var text = "{" + string.Join(',', Enumerable.Range(0, 80_000).Select(static i => $"\"k{i}\":0")) + "}";
        var clock = Stopwatch.StartNew();

        Assert.False(PolicyDocument.TryParse(text, PolicyKind.Resource, Wide, out _, out var issues));

        Assert.Equal(50, issues.Errors.Count);
        Assert.True(clock.Elapsed < Bound, $"took {clock.Elapsed}");
    }

    [Theory]
    [InlineData("*")]
    [InlineData("*a")]
    [InlineData("*?")]
    [InlineData("*a*?")]
    public void Evaluate_HostileGlob_EndsSoon(string piece)
    {
        var pattern = string.Concat(Enumerable.Repeat(piece, 500 / piece.Length)) + "b";
        var document = TestPolicy.Compile(
            "{'Statement':{'Effect':'Allow','Action':'*','Resource':'" + TestPolicy.ApiArn + "/" + pattern + "'}}", PolicyKind.Identity);
        var arn = TestPolicy.ApiArn + "/" + new string('a', 1_600) + "c";
        var clock = Stopwatch.StartNew();

        for (var i = 0; i < 100; i++)
        {
            Assert.False(TestPolicy.Allows(document, arn));
        }

        Assert.True(clock.Elapsed < Bound, $"took {clock.Elapsed}");
    }

    [Fact]
    public void IsMatch_QuadraticCase_EndsSoon()
    {
        var pattern = TextPattern.Compile("*" + new string('a', 4_000) + "b*", PatternSyntax.Wildcards);
        var text = new string('a', 10_240);
        var clock = Stopwatch.StartNew();

        Assert.False(pattern.IsMatch(text, PolicyKeySource.Empty));

        Assert.True(clock.Elapsed < Bound, $"took {clock.Elapsed}");
    }
}
