using ApiGateway.Middleware.Definitions;
using ApiGateway.Middleware.Snapshots;

namespace ApiGateway.Middleware.Tests.Snapshots;

public sealed class ApiKeyTableTests
{
    private const string Other = "abcdefghij-abcdefghij";

    private static readonly DateTimeOffset Now = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    [Theory]
    [InlineData(PlannedGateway.Key, true)]
    [InlineData("0123456789-012345678", false)]
    [InlineData("0123456789-01234567890", false)]
    [InlineData("0123456789-0123456788", false)]
    [InlineData("", false)]
    [InlineData(null, false)]
    public void Find_Value_MustBeTheWholeKey(string? value, bool isFound) =>
        Assert.Equal(isFound ? "partner" : null, Keys(PlannedGateway.Create()).Find(value, Now)?.KeyId);

    [Fact]
    public void Find_LongestValue_IsFound_AndNothingBehindItIsIgnored()
    {
        var longest = new string('\u00e4', 128);
        var sut = Keys(PlannedGateway.Create((_, _, key) => key.Value = longest));

        Assert.NotNull(sut.Find(longest, Now));
        Assert.Null(sut.Find(longest + "x", Now));
        Assert.Null(sut.Find(new string('x', 1_000_000), Now));
    }

    [Fact]
    public void Find_DisabledKey_IsUnknown() =>
        Assert.Null(Keys(PlannedGateway.Create(static (_, _, key) => key.Enabled = false)).Find(PlannedGateway.Key, Now));

    [Fact]
    public void Find_KeyWithoutPlan_IsUnknown() =>
        Assert.Null(Keys(PlannedGateway.Create(static (_, _, key) => key.UsagePlans.Clear())).Find(PlannedGateway.Key, Now));

    [Fact]
    public void Find_PlanWithoutTheStage_IsUnknown()
    {
        var definition = PlannedGateway.Create(static (api, plan, _) =>
        {
            api.Stages["other"] = new StageDefinition("other");
            plan.ApiStages.Clear();
            plan.AddStage("api", "other");
        });

        Assert.Null(Keys(definition).Find(PlannedGateway.Key, Now));
        Assert.NotNull(Keys(definition, "/other/orders").Find(PlannedGateway.Key, Now));
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(59, true)]
    [InlineData(60, false)]
    public void Find_PreviousValue_IsTheSameKeyUntilItExpires(int seconds, bool isFound)
    {
        var sut = Keys(PlannedGateway.Create(static (_, _, key) => (key.PreviousValue, key.PreviousValueExpires) = (Other, Now.AddSeconds(60))));

        Assert.Same(isFound ? sut.Find(PlannedGateway.Key, Now) : null, sut.Find(Other, Now.AddSeconds(seconds)));
        Assert.NotNull(sut.Find(PlannedGateway.Key, Now.AddSeconds(seconds)));
    }

    [Fact]
    public void Find_TwoKeysWithOneValue_CountAsOne()
    {
        var definition = PlannedGateway.Create();
        definition.ApiKeys.Insert(0, new ApiKeyDefinition("disabled") { Value = PlannedGateway.Key, Enabled = false, UsagePlans = { "gold" } });
        definition.ApiKeys.Add(new ApiKeyDefinition("twin") { Value = PlannedGateway.Key, UsagePlans = { "gold" } });

        var snapshot = Compiled.Snapshot(definition);
        var grant = Compiled.Route(snapshot, "/dev/orders").Route.ApiKey!.Keys.Find(PlannedGateway.Key, Now);

        Assert.Equal("partner", grant?.KeyId);
        Assert.Same(grant!.Account, snapshot.UsagePlans["gold"].Accounts["twin"]);
        Assert.Contains(Compiled.Errors(definition).Warnings, static warning =>
            warning.Message == "The API keys 'partner' and 'twin' have one value, so they count as one. Change one of them.");
    }

    private static ApiKeyTable Keys(GatewayDefinition definition, string target = "/dev/orders") =>
        Compiled.Route(Compiled.Snapshot(definition), target).Route.ApiKey!.Keys;
}
