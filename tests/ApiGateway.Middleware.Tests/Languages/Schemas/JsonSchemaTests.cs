using System.Buffers;
using System.Text;
using ApiGateway.Middleware.Languages.Schemas;

namespace ApiGateway.Middleware.Tests.Languages.Schemas;

public class JsonSchemaTests
{
    private static readonly string[] Segments = ["{\"a\":", "12", "3,\"b", "\":[\"x\\u00", "e9\"]}"];

    [Theory]
    [InlineData("""{"type":"strin"}""", "/type")]
    [InlineData("""{"properties":{"a/b":{"minimum":"1"}}}""", "/properties/a~1b/minimum")]
    [InlineData("""{"pattern":"["}""", "/pattern")]
    [InlineData("""{"pattern":"(?i)a"}""", "/pattern")]
    [InlineData("""{"$ref":"#/definitions/x"}""", "/$ref")]
    [InlineData("""{"$ref":"https://nowhere.test/x"}""", "/$ref")]
    [InlineData("""{"enum":[]}""", "/enum")]
    [InlineData("""{"multipleOf":0}""", "/multipleOf")]
    [InlineData("""{"minLength":-1}""", "/minLength")]
    [InlineData("""{"minLength":1.5}""", "/minLength")]
    [InlineData("""{"allOf":[]}""", "/allOf")]
    [InlineData("""{"items":3}""", "/items")]
    [InlineData("""{"required":"a"}""", "/required")]
    [InlineData("""{"dependencies":{"a":1}}""", "/dependencies")]
    [InlineData("""{"$ref":"#"}""", "")]
    [InlineData("""{"definitions":{"a":{"not":{"$ref":"#/definitions/a"}}},"$ref":"#/definitions/a"}""", "/definitions/a/not")]
    [InlineData("""{"type":""", "")]
    [InlineData("3", "")]
    public void Compile_WrongSchema_SaysWhere(string schema, string pointer)
    {
        var error = Assert.Single(TestSchema.Errors(schema));

        Assert.Equal(pointer, error.Pointer);
        Assert.NotEmpty(error.Cure);
    }

    [Fact]
    public void Compile_SeveralMistakes_ReportsAll() =>
        Assert.Equal(3, TestSchema.Errors("""{"type":1,"minimum":"a","properties":{"a":{"pattern":"("}}}""").Count);

    [Fact]
    public void Compile_EmptyRequired_IsAnErrorOnlyIfStrict()
    {
        TestSchema.Compile("""{"required":[]}""");

        var error = Assert.Single(TestSchema.Errors("""{"required":[]}""", new SchemaOptions { StrictRequired = true }));
        Assert.Equal("Schema at '/required': must be a list of at least one name, but is []. Name a property, or leave the keyword out.", $"{error}");
    }

    [Fact]
    public void Compile_LongPattern_IsAnError() =>
        Assert.Single(TestSchema.Errors($$"""{"pattern":"{{new string('a', 1025)}}"}"""));

    [Fact]
    public void Compile_TooManyNodes_IsAnError() =>
        Assert.Single(TestSchema.Errors(
            """{"properties":{"a":{},"b":{"type":"string"}}}""",
            new SchemaOptions { Limits = new SchemaLimits { MaxNodes = 1 } }));

    [Fact]
    public void IsValid_ModelsThatReferToEachOther_AreFollowed()
    {
        const string Models = "https://apigateway.amazonaws.com/restapis/a1b2c3/models/";
        var registry = new SchemaRegistry();
        registry.Add(new Uri(Models + "Node"), Encoding.UTF8.GetBytes($$"""{"type":"object","properties":{"child":{"$ref":"{{Models}}Tree"} } }"""));
        registry.Add(new Uri(Models + "Tree"), Encoding.UTF8.GetBytes($$"""{"type":"array","items":{"$ref":"{{Models}}Node"} }"""));

        var sut = TestSchema.Compile($$"""{"$ref":"{{Models}}Tree"}""", registry: registry);

        Assert.True(sut.IsValid("""[{"child":[{"child":[]}]}]"""));
        Assert.False(sut.IsValid("""[{"child":[{"child":[1]}]}]"""));
    }

    [Theory]
    [InlineData("""{"minLength":2,"maxLength":2}""", "\"😀é\"", true)]
    [InlineData("""{"minLength":2,"maxLength":2}""", "\"\\ud83d\\ude00\\u00e9\"", true)]
    [InlineData("""{"maxLength":1}""", "\"\\ud83d\"", true)]
    [InlineData("""{"enum":["\ud83d"]}""", "\"\\ud83d\"", true)]
    [InlineData("""{"enum":["\ud83d"]}""", "\"\\ud83e\"", false)]
    [InlineData("""{"properties":{"a\"b":{"type":"null"}}}""", """{"a\u0022b":1}""", false)]
    [InlineData("""{"maximum":9007199254740993}""", "9007199254740993.1", false)]
    [InlineData("""{"maximum":9007199254740993}""", "9007199254740993.0", true)]
    [InlineData("""{"minimum":-1.5}""", "-2", false)]
    [InlineData("""{"minimum":-1.5}""", "-1", true)]
    [InlineData("""{"maximum":1e400}""", "9e399", true)]
    [InlineData("""{"maximum":1e400}""", "1e401", false)]
    [InlineData("""{"minimum":0}""", "-0.0", true)]
    [InlineData("""{"multipleOf":0.01}""", "19.99", true)]
    [InlineData("""{"multipleOf":0.01}""", "19.999", false)]
    [InlineData("""{"multipleOf":7}""", "1e1000000000", false)]
    [InlineData("""{"multipleOf":2.5}""", "1e1000000000", true)]
    [InlineData("""{"uniqueItems":true}""", "[1, 1.0]", false)]
    [InlineData("""{"uniqueItems":true}""", "[\"a\", \"\\u0061\"]", false)]
    [InlineData("""{"uniqueItems":true}""", """[{"a":1,"b":2},{"b":2,"a":1}]""", false)]
    [InlineData("""{"uniqueItems":true}""", """[{"a":1,"b":2},{"b":1,"a":2}, [ 1 , 2 ], [2,1], null, false, 0, ""]""", true)]
    [InlineData("""{"enum":[{"a":1}]}""", """{"a":2,"a":1}""", true)]
    [InlineData("""{"maxProperties":1}""", """{"a":2,"a":1}""", false)]
    [InlineData("""{"properties":{"a":{"type":"null"}}}""", """{"a":2,"a":null}""", false)]
    [InlineData("{}", "{\"a\":\"\u0001\"}", false)]
    [InlineData("{}", "01", false)]
    [InlineData("{}", "1 2", false)]
    [InlineData("{}", "", false)]
    [InlineData("{}", "[1,]", false)]
    [InlineData("{}", """{"a":1,}""", false)]
    [InlineData("{}", "\uFEFF1", false)]
    [InlineData("""{"not":{"type":"string"}}""", "[1,2", false)]
    public void IsValid_Detail_IsExact(string schema, string body, bool expected)
    {
        var sut = TestSchema.Compile(schema);

        Assert.Equal(expected, sut.IsValid(body));
        Assert.Equal(expected, sut.Explain(body) == "[]");
    }

    [Fact]
    public void IsValid_InvalidUtf8_IsFalse() => Assert.False(TestSchema.Compile("{}").IsValid([(byte)'"', 0xC3, (byte)'"']));

    [Fact]
    public void IsValid_MoreThan64RequiredNames_ChecksEach()
    {
        string[] names = [.. Enumerable.Range(0, 200).Select(i => $"\"n{i}\"")];
        var sut = TestSchema.Compile($$"""{"required":[{{string.Join(',', names)}}],"dependencies":{"n0":["n150"],"n199":["n1"]} }""");
        string Body(int without) => "{" + string.Join(',', names.Where((_, i) => i != without).Select(name => $"{name}:0")) + "}";

        Assert.True(sut.IsValid(Body(-1)));
        Assert.All(Enumerable.Range(0, 200), i => Assert.False(sut.IsValid(Body(i))));
    }

    [Fact]
    public void IsValid_SegmentedBody_JudgesAsInOnePiece()
    {
        var sut = TestSchema.Compile("""{"properties":{"a":{"type":"integer"},"b":{"items":{"enum":["xé"]}}},"required":["a","b"]}""");
        var first = new Segment(Encoding.UTF8.GetBytes(Segments[0]));
        var last = Segments.Skip(1).Aggregate(first, (segment, text) => segment.Append(Encoding.UTF8.GetBytes(text)));

        Assert.True(sut.IsValid(new ReadOnlySequence<byte>(first, 0, last, last.Memory.Length)));
        Assert.False(sut.IsValid(new ReadOnlySequence<byte>(first, 0, last, last.Memory.Length - 1)));
    }

    [Fact]
    public void IsValid_ParallelCalls_AgreeWithTheSingleOne()
    {
        var sut = TestSchema.Compile(
            """{"type":"array","uniqueItems":true,"items":{"anyOf":[{"type":"string","pattern":"^(a|b)+$"},{"type":"integer"}]}}""");
        byte[][] bodies = ["""["ab","ba",1]"""u8.ToArray(), """["ab","c",1]"""u8.ToArray(), """["ab","ab"]"""u8.ToArray()];
        var wrong = 0;

        Parallel.For(0, 20_000, i =>
        {
            if (sut.IsValid(bodies[i % 3]) != (i % 3 == 0))
            {
                Interlocked.Increment(ref wrong);
            }
        });

        Assert.Equal(0, wrong);
    }

    private sealed class Segment : ReadOnlySequenceSegment<byte>
    {
        public Segment(byte[] memory) => Memory = memory;

        public Segment Append(byte[] memory)
        {
            var next = new Segment(memory) { RunningIndex = RunningIndex + Memory.Length };
            Next = next;
            return next;
        }
    }
}
