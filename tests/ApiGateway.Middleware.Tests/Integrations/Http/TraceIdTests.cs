using ApiGateway.Middleware.Integrations.Http;

namespace ApiGateway.Middleware.Tests.Integrations.Http;

public sealed class TraceIdTests
{
    private const string Root = "Root=1-67891233-abcdef012345678912345678";
    private const string Parent = "Parent=53995c3f42cd8ad8";

    [Fact]
    public void For_Whole_IsKept()
    {
        const string Received = $"{Root};{Parent};Sampled=1";

        Assert.Same(Received, TraceId.For(Received, TimeProvider.System));
    }

    [Theory]
    [InlineData(null, "^Root=1-695735a5-[0-9a-f]{24};Parent=[0-9a-f]{16};Sampled=0$")]
    [InlineData("", "^Root=1-695735a5-[0-9a-f]{24};Parent=[0-9a-f]{16};Sampled=0$")]
    [InlineData("garbage", "^Root=1-695735a5-[0-9a-f]{24};Parent=[0-9a-f]{16};Sampled=0$")]
    [InlineData(Root, $"^{Root};Parent=[0-9a-f]{{16}};Sampled=0$")]
    [InlineData($"{Root}; {Parent}", $"^{Root};{Parent};Sampled=1$")]
    [InlineData($"{Root};Sampled=1", $"^{Root};Parent=[0-9a-f]{{16}};Sampled=1$")]
    public void For_Part_IsCompleted(string? received, string expected) => Assert.Matches(expected, TraceId.For(received, new ManualTimeProvider()));

    [Fact]
    public void NewRoot_Always_IsARootOfItsTime()
    {
        var time = new ManualTimeProvider();

        Assert.Matches("^Root=1-695735a5-[0-9a-f]{24}$", TraceId.NewRoot(time));
        Assert.NotEqual(TraceId.NewRoot(time), TraceId.NewRoot(time));
    }

    [Fact]
    public void For_Nothing_IsNewEachTime() =>
        Assert.NotEqual(TraceId.For(null, TimeProvider.System), TraceId.For(null, TimeProvider.System));
}
