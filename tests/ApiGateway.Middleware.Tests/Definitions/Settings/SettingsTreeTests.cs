using System.Text;
using ApiGateway.Middleware.Definitions.Settings;
using Microsoft.Extensions.Configuration;

namespace ApiGateway.Middleware.Tests.Definitions.Settings;

public sealed class SettingsTreeTests
{
    [Fact]
    public void Read_SeveralSources_GivesWhatConfigurationGives()
    {
        var root = new ConfigurationBuilder()
            .AddJsonStream(Json("""{ "Gateway": { "b": { "10": "x", "9": "y", "empty": {}, "list": [], "null": null }, "a": "old", "gone": "z" }, "Gateways": "other" }"""))
            .AddInMemoryCollection([new("gateway:A", "new"), new("Gateway:b:new:deep", "n"), new("Gateway:gone", null)])
            .AddConfiguration(new ConfigurationBuilder().AddInMemoryCollection([new("Gateway:chained:x", "1")]).Build())
            .Add(new Own())
            .Build();

        Assert.Equal(Describe(root.GetSection("Gateway")), Describe(Read(root.GetSection("Gateway"), root)));
    }

    [Fact]
    public void Read_ValueOfSeveralSources_HasTheLastOne()
    {
        var root = new ConfigurationBuilder()
            .AddInMemoryCollection([new("Gateway:a:x", "1"), new("Gateway:a:y", "1"), new("Gateway:b:x", "1")])
            .AddInMemoryCollection([new("Gateway:a:y", "2")])
            .Build();

        var top = Read(root.GetSection("Gateway"), root);

        Assert.Equal((1, 0, 1, 0), (top.Find("a")!.Provider, top.Find("a")!.Find("x")!.Provider, top.Find("a")!.Find("Y")!.Provider, top.Find("b")!.Provider));
        Assert.Equal("Gateway:a:y", top.Find("A")!.Find("Y")!.Path);
        Assert.Equal("Gateway:a:none", top.Find("a")!.Missing("none").Path);
    }

    [Fact]
    public void Read_SectionOfAnotherConfiguration_IsReadFromThere()
    {
        var root = new ConfigurationBuilder().AddInMemoryCollection([new("Gateway:a", "host's")]).Build();
        var other = new ConfigurationBuilder().AddInMemoryCollection([new("Gateway:a", "other's"), new("Gateway:b:c", null)]).Build();

        Assert.Equal(Describe(other.GetSection("Gateway")), Describe(Read(other.GetSection("Gateway"), root)));
        Assert.Equal(Describe(other.GetSection("Gateway")), Describe(new SettingsSource(other.GetSection("Gateway"), null, []).Read().Top));
    }

    [Fact]
    public void Read_SourceAddedLater_IsRead()
    {
        var manager = new ConfigurationManager();
        var source = new SettingsSource(manager.GetSection("Gateway"), manager, []);

        manager.AddInMemoryCollection([new("Gateway:a", "1")]);

        Assert.Equal("1", source.Read().Top.Find("a")!.Value);
    }

    [Fact]
    public void IsFrom_SourceThatIsHiddenByLaterOnes_IsTrue()
    {
        var root = new ConfigurationBuilder()
            .AddInMemoryCollection([new("Gateway:a", "1")])
            .AddInMemoryCollection([new("Other:a", "1")])
            .AddInMemoryCollection([new("Gateway:a", "2")])
            .Build();

        var tree = new SettingsSource(root.GetSection("Gateway"), root, []).Read();

        Assert.Equal([true, false, true], [tree.IsFrom(0), tree.IsFrom(1), tree.IsFrom(2)]);
    }

    private static SettingsNode Read(IConfigurationSection section, IConfiguration root) => new SettingsSource(section, root, []).Read().Top;

    private static string Describe(IConfigurationSection section) =>
        $"{section.Path.ToUpperInvariant()}={section.Value ?? "null"}({string.Join(' ', section.GetChildren().Select(Describe))})";

    private static string Describe(SettingsNode node) =>
        $"{node.Path.ToUpperInvariant()}={node.Value ?? "null"}({string.Join(' ', node.Children.Select(Describe))})";

    private static MemoryStream Json(string text) => new(Encoding.UTF8.GetBytes(text));

    /// <summary>A source that keeps its values in a way of its own.</summary>
    private sealed class Own : ConfigurationProvider, IConfigurationSource
    {
        public IConfigurationProvider Build(IConfigurationBuilder builder) => this;

        public override bool TryGet(string key, out string? value)
        {
            value = key.Equals("Gateway:own:x", StringComparison.OrdinalIgnoreCase) ? "mine" : null;
            return value is not null;
        }

        public override IEnumerable<string> GetChildKeys(IEnumerable<string> earlierKeys, string? parentPath) =>
            earlierKeys.Concat(parentPath?.ToUpperInvariant() switch { "GATEWAY" => ["own"], "GATEWAY:OWN" => ["x"], _ => [] })
                .Order(ConfigurationKeyComparer.Instance);
    }
}
