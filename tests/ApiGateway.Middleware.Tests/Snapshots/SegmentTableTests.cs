using ApiGateway.Middleware.Snapshots;

namespace ApiGateway.Middleware.Tests.Snapshots;

public sealed class SegmentTableTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(1000)]
    public void Find_AnySize_FindsEachKeyAndNoOther(int count)
    {
        var keys = Enumerable.Range(0, count).Select(static i => $"key-{i}").ToList();
        var table = new SegmentTable<string>([.. keys.Select(static key => KeyValuePair.Create(key, "value of " + key))]);

        Assert.Equal(count, table.Count);
        Assert.Equal(keys.Select(static key => "value of " + key), table.Values);
        Assert.All(keys, key => Assert.Equal("value of " + key, table.Find(key)));
        Assert.Null(table.Find(""));
        Assert.Null(table.Find("key-"));
        Assert.Null(table.Find("KEY-0"));
        Assert.Null(table.Find($"key-{count}"));
    }

    [Fact]
    public void Find_RandomKeys_AgreesWithADictionary()
    {
        var random = new Random(7);
        string Next() => random.GetString("abcdefgh", random.Next(0, 7));
        for (var round = 0; round < 200; round++)
        {
            var items = new Dictionary<string, string>(StringComparer.Ordinal);
            for (var i = random.Next(0, 40); i > 0; i--)
            {
                var key = Next();
                items[key] = key;
            }

            var table = new SegmentTable<string>(items);

            for (var i = 0; i < 100; i++)
            {
                var key = Next();
                Assert.Equal(items.GetValueOrDefault(key), table.Find(key));
            }
        }
    }
}
