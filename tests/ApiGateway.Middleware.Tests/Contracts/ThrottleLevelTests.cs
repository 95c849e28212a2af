using ApiGateway.Middleware.Contracts;

namespace ApiGateway.Middleware.Tests.Contracts;

/// <summary>What headers and answers can tell of a bucket.</summary>
public sealed class ThrottleLevelTests
{
    [Theory]
    [InlineData(10, 20, 1, 20, 0, 0)]
    [InlineData(10, 20, 1, 5, 1.5, 0)]
    [InlineData(10, 20, 1, 0, 2, 0.1)]
    [InlineData(10, 20, 5, 0.5, 1.95, 0.45)]
    [InlineData(10, 20, 0, -5, 2.5, 0.6)]
    [InlineData(0.5, 1, 1, 0, 2, 2)]
    public void Times_Bucket_AreWhatTheRateTakes(double rate, int burst, int cost, double remaining, double full, double retry)
    {
        var sut = new ThrottleLevel { Limit = new ThrottleLimit("a", rate, burst), Cost = cost, Remaining = remaining };

        Assert.Equal(TimeSpan.FromSeconds(full), sut.FullAfter);
        Assert.Equal(TimeSpan.FromSeconds(retry), sut.RetryAfter);
    }

    [Theory]
    [InlineData(0, 5, 1, 0)]
    [InlineData(1e-300, 5, 1, 0)]
    public void Times_BucketThatNeverFills_AreForever(double rate, int burst, int cost, double remaining)
    {
        var sut = new ThrottleLevel { Limit = new ThrottleLimit("a", rate, burst), Cost = cost, Remaining = remaining };

        Assert.Equal((TimeSpan.MaxValue, TimeSpan.MaxValue), (sut.FullAfter, sut.RetryAfter));
    }

    [Fact]
    public void RetryAfter_MoreThanTheBucketHolds_IsNever() => Assert.Equal(
        TimeSpan.MaxValue, new ThrottleLevel { Limit = new ThrottleLimit("a", 1, 5), Cost = 6, Remaining = 5 }.RetryAfter);

    [Fact]
    public void Times_NobodyLooked_AreNow()
    {
        var request = new ThrottleRequest();
        request.Add(new ThrottleLimit("a", 1, 5));

        Assert.Equal((TimeSpan.Zero, TimeSpan.Zero), (request.Levels[0].FullAfter, request.Levels[0].RetryAfter));
    }

    [Fact]
    public void Reset_Request_ForgetsItsLevels()
    {
        var request = new ThrottleRequest { ApiId = "api", Account = new UsageAccount("plan", "key", null) };
        for (var i = 0; i < 9; i++)
        {
            request.Add(new ThrottleLimit($"{i}", 1, 5), key: (UInt128)i, cost: i, isDryRun: i == 8);
        }

        Assert.Equal(("8", (UInt128)8, 8, true), (request.Levels[8].Limit.Name, request.Levels[8].Key, request.Levels[8].Cost, request.Levels[8].IsDryRun));
        request.Reset();

        Assert.Equal((0, "", null), (request.Levels.Length, request.ApiId, request.Account));
    }
}
