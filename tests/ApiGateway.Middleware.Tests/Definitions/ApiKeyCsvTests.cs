using ApiGateway.Middleware.Definitions;

namespace ApiGateway.Middleware.Tests.Definitions;

public sealed class ApiKeyCsvTests
{
    private readonly DefinitionErrors _errors = new();
    private readonly GatewayDefinition _definition = new();

    [Fact]
    public void Read_AllColumns_GivesKeys()
    {
        Read("NAME,Key,description,enabled,usageplanIds\nfirst,value-1,\"with, \"\"quotes\"\"\nand lines\",false,\"gold, silver\"\r\nsecond,value-2,,TRUE,gold\n\n");

        Assert.Empty(_errors.Errors);
        Assert.Equal(
            [("first", "value-1", "with, \"quotes\"\nand lines", false, "gold;silver"), ("second", "value-2", null, true, "gold")],
            _definition.ApiKeys.Select(static key => (key.Id, key.Value, key.Description, key.Enabled, string.Join(';', key.UsagePlans))));
        Assert.Equal([2, 4], _definition.ApiKeys.Select(static key => key.Origin!.Line));
    }

    [Fact]
    public void Read_RequiredColumnsInAnyOrder_AreEnough()
    {
        Read("key,name\nvalue-1,first");

        Assert.Equal(("first", "value-1", true), (_definition.ApiKeys[0].Id, _definition.ApiKeys[0].Value, _definition.ApiKeys[0].Enabled));
    }

    [Theory]
    [InlineData("", "keys.csv: keys A file of API keys begins with a row of column names. Write 'name,key,description,enabled,usageplanIds'.")]
    [InlineData("name\nfirst", "keys.csv(1): keys A file of API keys needs the columns 'name' and 'key' in its first row.")]
    [InlineData("name,key,x\n", "keys.csv(1): keys A file of API keys has no column 'x'. Known: name, key, description, enabled, usageplanIds.")]
    [InlineData("name,key\n,value", "keys.csv(2): keys A row needs a name, but has none.")]
    [InlineData("name,key,enabled\nfirst,value,maybe", "keys.csv(2): keys 'enabled' must be true or false, but is 'maybe'.")]
    public void Read_Mistake_IsToldWithItsLine(string text, string error)
    {
        Read(text);

        Assert.Equal(error, Assert.Single(_errors.Errors).ToString());
    }

    [Fact]
    public void Read_AnyText_Ends()
    {
        var random = new Random(5);
        const string Characters = "ab,\"\r\n ";
        for (var i = 0; i < 20_000; i++)
        {
            Read("name,key\n" + new string([.. Enumerable.Range(0, random.Next(20)).Select(_ => Characters[random.Next(Characters.Length)])]));
        }

        Assert.All(_definition.ApiKeys, static key => Assert.NotEmpty(key.Id));
    }

    private void Read(string text) => ApiKeyCsv.Read(text, new DefinitionOrigin("keys.csv", "keys"), _definition, _errors);
}
