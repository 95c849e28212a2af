using System.Text;
using ApiGateway.Middleware.Languages.Expressions;
using ApiGateway.Middleware.Languages.Values;

namespace ApiGateway.Middleware.Tests.Languages.Expressions;

public class JsonPathTests
{
    private const string Store = """
        {"store":{"book":[
          {"category":"reference","author":"Nigel Rees","title":"Sayings","price":8.95},
          {"category":"fiction","author":"Evelyn Waugh","title":"Sword","price":12.99},
          {"category":"fiction","author":"Herman Melville","title":"Moby","isbn":"0-553","price":8.99},
          {"category":"fiction","author":"J. R. R. Tolkien","title":"Rings","isbn":"0-395","price":22.99}],
          "bicycle":{"color":"red","price":19.95}},
         "expensive":10,"empty":[],"none":null,"nums":[3,1,2],"tags":["a","b"],"odd key":{"x.y":1},"it's":2,"flag":true}
        """;

    [Theory]
    [InlineData("$.expensive", "10")]
    [InlineData("expensive", "10")]
    [InlineData("$['expensive']", "10")]
    [InlineData("$[\"expensive\"]", "10")]
    [InlineData("$.store.bicycle.color", "\"red\"")]
    [InlineData("$['store']['bicycle']['color']", "\"red\"")]
    [InlineData("$.store['bicycle'].color", "\"red\"")]
    [InlineData("$['odd key']['x.y']", "1")]
    [InlineData("$['it\\'s']", "2")]
    [InlineData("$.none", "null")]
    [InlineData("$.empty", "[]")]
    [InlineData("$.store.book[0].title", "\"Sayings\"")]
    [InlineData("$.store.book[-1].title", "\"Rings\"")]
    [InlineData("$.nums[0]", "3")]
    [InlineData("$.nums[-3]", "3")]
    [InlineData("$.nums[ 1 ]", "1")]
    [InlineData("$.store.book[0,1].title", "[\"Sayings\",\"Sword\"]")]
    [InlineData("$.nums[0,2]", "[3,2]")]
    [InlineData("$.nums[0,9]", "[3]")]
    [InlineData("$.nums[0:2]", "[3,1]")]
    [InlineData("$.nums[1:]", "[1,2]")]
    [InlineData("$.nums[:1]", "[3]")]
    [InlineData("$.nums[-2:]", "[1,2]")]
    [InlineData("$.nums[:-1]", "[3,1]")]
    [InlineData("$.nums[5:]", "[]")]
    [InlineData("$.nums[*]", "[3,1,2]")]
    [InlineData("$.nums.*", "[3,1,2]")]
    [InlineData("$.store.bicycle.*", "[\"red\",19.95]")]
    [InlineData("$.store.book[*].author", "[\"Nigel Rees\",\"Evelyn Waugh\",\"Herman Melville\",\"J. R. R. Tolkien\"]")]
    [InlineData("$..author", "[\"Nigel Rees\",\"Evelyn Waugh\",\"Herman Melville\",\"J. R. R. Tolkien\"]")]
    [InlineData("$.store..price", "[8.95,12.99,8.99,22.99,19.95]")]
    [InlineData("$..book[2].title", "[\"Moby\"]")]
    [InlineData("$..book[0,1].price", "[8.95,12.99]")]
    [InlineData("$..book[:2].price", "[8.95,12.99]")]
    [InlineData("$..nothing", "[]")]
    [InlineData("$..book[?(@.isbn)].title", "[\"Moby\",\"Rings\"]")]
    [InlineData("$.store.book[?(!@.isbn)].price", "[8.95,12.99]")]
    [InlineData("$.store.book[?(@.price < 10)].title", "[\"Sayings\",\"Moby\"]")]
    [InlineData("$.store.book[?(@.price<10)].title", "[\"Sayings\",\"Moby\"]")]
    [InlineData("$.store.book[?(@.price > 10 && @.category == 'fiction')].title", "[\"Sword\",\"Rings\"]")]
    [InlineData("$.store.book[?(@.price < 9 && (@.isbn || @.category == \"reference\"))].price", "[8.95,8.99]")]
    [InlineData("$.store.book[?(@.price <= $['expensive'])].title", "[\"Sayings\",\"Moby\"]")]
    [InlineData("$..book[?(@.price <= $.expensive)].price", "[8.95,8.99]")]
    [InlineData("$.store.book[?(@.author =~ /.*rees/i)].title", "[\"Sayings\"]")]
    [InlineData("$.store.book[?(@.author =~ /.*rees/)].title", "[]")]
    [InlineData("$.store.book[?(@.category != 'fiction')].title", "[\"Sayings\"]")]
    [InlineData("$.store.book[?(@['price'] >= 12.99)].title", "[\"Sword\",\"Rings\"]")]
    [InlineData("$.store.book[?(@.category in ['reference','x'])].title", "[\"Sayings\"]")]
    [InlineData("$.store.book[?(@.category nin ['fiction'])].title", "[\"Sayings\"]")]
    [InlineData("$.store.book[?(@.title contains 'ing')].title", "[\"Sayings\",\"Rings\"]")]
    [InlineData("$.store[?(@.color == 'red')]", "[]")]
    [InlineData("$.store.bicycle[?(@.color == 'red')].price", "[19.95]")]
    [InlineData("$.nums[?(@ > 1)]", "[3,2]")]
    [InlineData("$.tags[?(@ == 'b')]", "[\"b\"]")]
    [InlineData("$[?(@.flag == true)].expensive", "[10]")]
    [InlineData("$[?(@.none == null)].expensive", "[10]")]
    [InlineData("$.store.book[?(@.nope == null)].title", "[]")]
    [InlineData("$.store.bicycle['color','price']", "{\"color\":\"red\",\"price\":19.95}")]
    [InlineData("$.store['bicycle','nope'].price", "[19.95]")]
    [InlineData("$.nums.length()", "3")]
    [InlineData("$.nums.min()", "1.0")]
    [InlineData("$.nums.max()", "3.0")]
    [InlineData("$.nums.sum()", "6.0")]
    [InlineData("$.nums.avg()", "2.0")]
    [InlineData("$..price.sum()", "73.87")]
    [InlineData("$.store.bicycle.keys()", "[\"color\",\"price\"]")]
    [InlineData("$.store.book.size()", "4")]
    public void TryEvaluate_PathThatIsThere_FindsIt(string path, string expected)
    {
        Assert.True(JsonPath.TryParse(path, out var compiled));

        Assert.True(compiled.TryEvaluate(Read(Store), out var value));
        Assert.Equal(expected, value.ToJson());
    }

    [Theory]
    [InlineData("$.nope")]
    [InlineData("$.nope.deeper")]
    [InlineData("$.expensive.deeper")]
    [InlineData("$.nums[3]")]
    [InlineData("$.nums[-4]")]
    [InlineData("$.nums.first")]
    [InlineData("$.store[0]")]
    [InlineData("$.none.deeper")]
    [InlineData("$.expensive.length()")]
    [InlineData("$.empty.sum()")]
    public void TryEvaluate_DefinitePathThatLeadsNowhere_FindsNothing(string path)
    {
        Assert.True(JsonPath.TryParse(path, out var compiled));

        Assert.False(compiled.TryEvaluate(Read(Store), out _));
    }

    [Theory]
    [InlineData("")]
    [InlineData("$[")]
    [InlineData("$.")]
    [InlineData("$.a.")]
    [InlineData("$..")]
    [InlineData("$[abc]")]
    [InlineData("$['a]")]
    [InlineData("$['a'")]
    [InlineData("$[1:2")]
    [InlineData("$[?(@.a == )]")]
    [InlineData("$[?(@.a == 1]")]
    [InlineData("$[?(1)]")]
    [InlineData("$[?(@.a =~ /(/)]")]
    [InlineData("$[?(@.a && )]")]
    [InlineData("$.a.nope()")]
    [InlineData("$ a")]
    [InlineData("$[99999999999]")]
    public void TryParse_MalformedPath_IsRefused(string path)
    {
        Assert.False(JsonPath.TryParse(path, out _));
    }

    [Fact]
    public void TryParse_DeepFilters_AreRefusedOrParsedWithoutOverflow()
    {
        var nested = "$" + string.Concat(Enumerable.Repeat("[?(@", 400)) + string.Concat(Enumerable.Repeat(")]", 400));
        var negated = "$[?(" + new string('!', 1500) + "@.a)]";
        var grouped = "$[?(" + new string('(', 900) + "@.a" + new string(')', 900) + ")]";

        Assert.False(JsonPath.TryParse(nested, out _));
        Assert.False(JsonPath.TryParse(negated, out _));
        Assert.False(JsonPath.TryParse(grouped, out _));
    }

    [Fact]
    public void TryEvaluate_ScansThatMultiply_StopsAtALimit()
    {
        var items = Read("[" + string.Join(',', Enumerable.Repeat("{\"a\":1}", 3000)) + "]");
        Assert.True(JsonPath.TryParse("$[?($[?($[*].a)].a)]", out var path));

        Assert.Throws<ValueLimitException>(() => path.TryEvaluate(items, out _));
    }

    [Fact]
    public void Get_ManyDynamicPaths_StaysBounded()
    {
        for (var i = 0; i < 2000; i++)
        {
            Assert.NotNull(JsonPathCache.Get($"$.a{i}"));
        }

        Assert.Null(JsonPathCache.Get("$["));
    }

    private static Value Read(string json)
    {
        Assert.True(ValueReader.TryRead(Encoding.UTF8.GetBytes(json), out var value));
        return value;
    }
}
