using System.Text;
using System.Text.Json;
using ApiGateway.Middleware.Buffers;
using ApiGateway.Middleware.Languages.Values;
using ApiGateway.Middleware.Tests.Languages.Templates;

namespace ApiGateway.Middleware.Tests.Languages.Values;

public class JsonIndexTests
{
    private const int Seed = 20_260_102;

    [Theory]
    [InlineData("$b.m $!b.m.put('k', 'new') $b.m $b.m.k", "{k=v} v {k=new} new")]
    [InlineData("#set($x = $b.m)#set($x.k = 2)$b.m.k $input.json('$.m') $input.json('$')", "2 {\"k\":2} {\"m\":{\"k\":2},\"l\":[1,{\"a\":1},3]}")]
    [InlineData("#set($b.l[0] = 9)$b.l $b.l[1].a", "[9,{\"a\":1},3] 1")]
    [InlineData("#set($i = $b.l[1])$!b.l.remove(0).x$i.a#set($i.a = 5)$b.l", "1[{\"a\":5},3]")]
    [InlineData("#foreach($i in $b.l)$i,#if($foreach.first)#set($q = $b.l.add(4))#end#end", "1,{a=1},3,4,")]
    [InlineData("#foreach($v in $b.m)$v#if($foreach.first)$!b.m.put('z', 7)#end#end", "v7")]
    [InlineData("#if($b.l == $b.l && $b.m == $b.m && $b.l != $b.m)same#end", "same")]
    [InlineData("$b.l.size() $b.m.empty $b.l.empty $b.l[-1]", "3 false false 3")]
    public void Render_ValueThatWasRead_SeesWhatTheTemplateChanged(string template, string expected)
    {
        var scope = new TestScope("""{"m":{"k":"v"},"l":[1,{"a":1},3]}""");
        using var output = new PooledBufferWriter();

        TestTemplate.Parse(template).Render(scope, output);

        Assert.Equal(expected, Encoding.UTF8.GetString(output.WrittenSpan));
    }

    [Theory]
    [InlineData("{\"a\":{\"x\":1,\"x\":2}}", "{x=2} {\"x\":2} 2")]
    [InlineData("{\"a\":{\"\\u0078\":\"\\u00e9\\n\"}}", "{x=é\n} {\"x\":\"é\\n\"} é\n")]
    [InlineData("{\"a\":{ \"x\" : [ 1 , 2 ] }}", "{x=[1,2]} {\"x\":[1,2]} [1,2]")]
    public void Render_TextThatDiffersFromItsValue_PrintsTheValue(string body, string expected)
    {
        using var output = new PooledBufferWriter();

        TestTemplate.Parse("$b.a $input.json('$.a') $b.a.x").Render(new TestScope(body), output);

        Assert.Equal(expected, Encoding.UTF8.GetString(output.WrittenSpan));
    }

    [Theory]
    [InlineData(15)]
    [InlineData(16)]
    [InlineData(17)]
    [InlineData(300)]
    public void TryGet_MapsOfAnySize_FindTheLastOfAName(int count)
    {
        var members = Enumerable.Range(0, count).Select(static i => $"\"k{i}\":{i}").Append("\"k3\":\"last\"");
        Assert.True(ValueReader.TryRead($"{{{string.Join(',', members)}}}", out var value));

        Assert.Equal(count, value.Map!.Count);
        Assert.Equal("last", value.Map.Get("k3").Text);
        Assert.Equal(count - 1, value.Map.Get($"k{count - 1}").Integer);
    }

    [Fact]
    public void TryRead_RandomlyChangedTexts_AgreesWithUtf8JsonReader()
    {
        var random = new Random(Seed);
        string[] seeds =
        [
            "{\"a\":[1,-0,1.5e3,\"x\\u00e9\\ud83d\\ude00\",true,false,null],\"b c\":{\"d\":{}}}", " [ 12345678901234567890 , [ ] ] ",
            "\"plain text that is longer than one block of sixteen bytes\"", "-12.0E+5", "[\"\\\\\\\"\\/\\b\"]",
        ];
        var alphabet = "{}[]:,\"\\ \t\n0123456789-+.eEtrufalsn\u0001é";
        var valid = 0;

        for (var i = 0; i < 100_000; i++)
        {
            var text = new StringBuilder(seeds[random.Next(seeds.Length)]);
            for (var changes = random.Next(1, 3); changes > 0 && text.Length > 0; changes--)
            {
                var position = random.Next(text.Length);
                _ = random.Next(3) switch
                {
                    0 => text.Remove(position, 1),
                    1 => text.Insert(position, alphabet[random.Next(alphabet.Length)]),
                    _ => text.Replace(text[position], alphabet[random.Next(alphabet.Length)], position, 1),
                };
            }

            var bytes = Encoding.UTF8.GetBytes(text.ToString());
            var expected = IsRead(bytes);
            Assert.True(expected == ValueReader.TryRead(bytes, out var value), text.ToString());
            if (expected)
            {
                valid++;
                Assert.Equal(
                    JsonSerializer.Serialize(JsonElement.Parse(bytes)),
                    JsonSerializer.Serialize(JsonElement.Parse(value.ToJson())));
            }
        }

        Assert.InRange(valid, 5_000, 95_000);
    }

    private static bool IsRead(byte[] json)
    {
        var reader = new Utf8JsonReader(json);
        try
        {
            while (reader.Read())
            {
                if (reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName)
                {
                    reader.GetString();
                }
            }

            return true;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return false;
        }
    }
}
