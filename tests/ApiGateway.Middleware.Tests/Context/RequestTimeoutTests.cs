using ApiGateway.Middleware.Context;

namespace ApiGateway.Middleware.Tests.Context;

public sealed class RequestTimeoutTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(1);

    private readonly ManualTimeProvider _time = new();
    private readonly RequestTimeout _timeout = new();

    [Fact]
    public void Arm_TimeIsUp_Cancels()
    {
        var token = _timeout.Arm(Limit, _time, CancellationToken.None);

        _time.Advance(Limit - TimeSpan.FromTicks(1));
        Assert.False(token.IsCancellationRequested);
        _time.Advance(TimeSpan.FromTicks(1));

        Assert.True(token.IsCancellationRequested);
        Assert.True(_timeout.IsTimeUp);
    }

    [Fact]
    public void Arm_ClientLeaves_CancelsButTimeIsNotUp()
    {
        using var client = new CancellationTokenSource();
        var token = _timeout.Arm(Limit, _time, client.Token);

        client.Cancel();

        Assert.True(token.IsCancellationRequested);
        Assert.False(_timeout.IsTimeUp);
    }

    [Fact]
    public void Arm_ClientHasLeft_CancelsAtOnce() =>
        Assert.True(_timeout.Arm(Limit, _time, new CancellationToken(canceled: true)).IsCancellationRequested);

    [Fact]
    public void Cancel_WorkThatStillRuns_IsNoTimeout()
    {
        var token = _timeout.Arm(Limit, _time, CancellationToken.None);

        _timeout.Cancel();

        Assert.True(token.IsCancellationRequested);
        Assert.False(_timeout.IsTimeUp);
    }

    [Fact]
    public void Extend_BeforeTimeIsUp_CountsFromNow()
    {
        var token = _timeout.Arm(Limit, _time, CancellationToken.None);

        _time.Advance(Limit / 2);
        _timeout.Extend(Limit);
        _time.Advance(Limit / 2);
        Assert.False(token.IsCancellationRequested);
        _time.Advance(Limit / 2);

        Assert.True(_timeout.IsTimeUp);
    }

    [Fact]
    public void Reset_AfterTimeWasUp_NextRequestStartsAfresh()
    {
        using var firstClient = new CancellationTokenSource();
        _timeout.Arm(Limit, _time, firstClient.Token);
        _time.Advance(Limit);
        _timeout.Reset();

        var token = _timeout.Arm(Limit, _time, CancellationToken.None);
        firstClient.Cancel();

        Assert.False(token.IsCancellationRequested);
        Assert.False(_timeout.IsTimeUp);
    }

    [Fact]
    public void Reset_SystemClock_KeepsTheSource()
    {
        var first = _timeout.Arm(Limit, TimeProvider.System, CancellationToken.None);
        _timeout.Reset();

        Assert.Equal(first, _timeout.Arm(Limit, TimeProvider.System, CancellationToken.None));
    }

    [Fact]
    public void Reset_NeverArmed_IsHarmless()
    {
        _timeout.Reset();

        Assert.False(_timeout.IsTimeUp);
    }
}
