using System.Text;
using ApiGateway.Middleware.Buffers;
using ApiGateway.Middleware.Languages.Templates.Variables;
using ApiGateway.Middleware.Languages.Values;

namespace ApiGateway.Middleware.Tests.Languages.Templates;

public class TemplateAllocationTests
{
    [Theory]
    [InlineData("text only")]
    [InlineData("$b.a $b.n $b.f $b.t $b.z $undefined ${b.a}")]
    [InlineData("$b.list $b.m $b.list[0] $b.m.k $b.m['k']")]
    [InlineData("$b.list.size() $b.m.get('k') $b.m.containsKey('k') $b.list.contains(2)")]
    [InlineData("#if($b.n > 1 && $b.a == 'x' || !$b.t)yes#else no#end")]
    [InlineData("#set($x = $b.n)#set($x = $x + 1)#set($y = $b.list)$x $y")]
    [InlineData("#foreach($i in $b.list)$i $velocityCount,#end")]
    [InlineData("#foreach($v in $b.m)$v#end")]
    [InlineData("$input.body $input.json('$') $input.json('$.m') $input.path('$.a') $input.path('$.list')[1]")]
    [InlineData("$input.params('id')")]
    [InlineData("$stageVariables.url $context.stage")]
    [InlineData("#macro(m)$b.a#end#m()#define($d)$b.n#end$d")]
    public void Render_ReferencesAndLiterals_AllocatesNothing(string text)
    {
        var template = TestTemplate.Parse(text);
        var scope = new TestScope("""{"a":"x","n":5,"f":1.50,"t":true,"z":null,"list":[1,2,3],"m":{"k":"v"}}""");
        using var output = new PooledBufferWriter();

        Assert.Equal(0, During(() =>
        {
            output.Truncate(0);
            template.Render(scope, output);
        }));
    }

    [Fact]
    public void Render_LoopWithItsObject_AllocatesOneObjectForTheLoop()
    {
        var template = TestTemplate.Parse("#foreach($i in $b)$foreach.index $foreach.hasNext $i#end");
        var scope = new TestScope("[1,2,3,4,5,6,7,8,9]");
        using var output = new PooledBufferWriter();

        Assert.InRange(
            During(() =>
            {
                output.Truncate(0);
                template.Render(scope, output);
            }),
            1,
            64);
    }

    [Fact]
    public void Render_PassThrough_DoesNotReadThePayloadIntoValues()
    {
        var template = TestTemplate.Parse("$input.json('$')");
        var body = Encoding.UTF8.GetBytes("{\"a\":[" + string.Join(',', Enumerable.Range(0, 1000)) + "]}");
        using var output = new PooledBufferWriter();

        // The payload, $input and the scope: three small objects.
        Assert.InRange(
            During(() =>
            {
                output.Truncate(0);
                template.Render(new GatewayScope(new(new JsonBody(body), ParameterSource.Empty), null, null), output);
            }),
            1,
            256);
    }

    /// <summary>Returns the bytes that one call allocates, once it is warm.</summary>
    private static long During(Action action)
    {
        for (var i = 0; i < 3; i++)
        {
            action();
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        action();
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }
}
