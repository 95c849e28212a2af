using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using ApiGateway.Middleware.Languages.Templates;

namespace ApiGateway.Middleware.Tests.Languages.Templates;

public class TemplateLimitTests
{
    [Theory]
    [InlineData("#foreach($i in [1..1001])#end")]
    [InlineData("#set($r = [1..10001])")]
    [InlineData("#set($r = [-9223372036854775807..9223372036854775807])")]
    [InlineData("#macro(m)#m()#end#m()")]
    [InlineData("#define($d)$d#end$d")]
    [InlineData("#define($d)$e#end#define($e)$d#end$d")]
    [InlineData("#define($d)#set($x = \"$d\")#end$d")]
    [InlineData("#macro(m $a)#m(\"$a\")#end#m(1)")]
    [InlineData("#set($s = 'aaaaaaaaaa')#foreach($i in [1..100])#set($s = $s + $s)#end")]
    [InlineData("#set($s = 'aaaaaaaaaa')#foreach($i in [1..100])#set($s = \"$s$s\")#end")]
    [InlineData("#set($s = 'aaaaaaaaaa')#foreach($i in [1..100])#set($s = $s.replace('a', 'aa'))#end")]
    [InlineData("#set($s = 'aaaaaaaaaa')#foreach($i in [1..100])#set($s = $s.replaceAll('a', 'aa'))#end")]
    [InlineData("#set($s = 'aaaaaaaaaa')#foreach($i in [1..100])#set($s = $s.concat($s))#end")]
    [InlineData("#set($s = 'a')$s.repeat(999999999)")]
    [InlineData("#set($l = [1])#foreach($i in [1..100])#set($x = $l.addAll($l))#end")]
    [InlineData("#set($m = {})#foreach($i in [1..100])#set($m = {'a': $m, 'b': $m})#end$m")]
    [InlineData("#set($m = {})#set($m.m = $m)$m")]
    [InlineData("#set($l = [])#set($x = $l.add($l))$l")]
    [InlineData("#set($m = {})#set($m.m = $m)#set($n = {})#set($n.m = $n)#if($m == $n)#end")]
    [InlineData("#set($m = $input.path('$'))#set($m.m = $m)$input.json('$')")]
    [InlineData("#set($m = $input.path('$'))#set($m.m = $m)$input.json('$..a')")]
    [InlineData("#set($s = $b.a)#foreach($i in [1..1000])#foreach($j in [1..1000])#foreach($k in [1..1000])x#end#end#end")]
    [InlineData("#foreach($i in [1..1000])#foreach($j in [1..1000])#foreach($k in [1..1000])#end#end#end")]
    [InlineData("#set($s = 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa')$s.matches('(a+)+(?=b)b')")]
    public void Render_TemplateWithoutMeasure_StopsAtALimit(string template)
    {
        var parsed = TestTemplate.Parse(template);

        Assert.Throws<TemplateLimitException>(() => TestTemplate.Render(parsed, new TestScope("""{"a":"x"}""")));
    }

    [Theory]
    [InlineData("$b.list[5]")]
    [InlineData("$b.list[-5]")]
    [InlineData("$b.list.get(5)")]
    [InlineData("$b.list.subList(2, 1)")]
    [InlineData("$b.a.substring(5)")]
    [InlineData("$b.a.substring(-1)")]
    [InlineData("$b.a.substring('x')")]
    [InlineData("$b.a.charAt(1)")]
    [InlineData("$b.a.replaceAll('(', '')")]
    [InlineData("$b.a.replaceAll('x', '$1')")]
    [InlineData("$b.a.replaceAll('x', '$')")]
    [InlineData("$b.a.format('%d', 'x')")]
    [InlineData("$b.a.format('%s')")]
    [InlineData("$b.a.repeat(-1)")]
    [InlineData("#set($n = 0)$n.parseInt('x')")]
    [InlineData("#set($n = 0)$n.parseInt('99999999999')")]
    public void Render_CallThatCannotBeDone_Fails(string template)
    {
        var parsed = TestTemplate.Parse(template);

        Assert.Throws<TemplateRenderException>(() => TestTemplate.Render(parsed, new TestScope("""{"a":"x","list":[1]}""")));
    }

    [Fact]
    public void Render_OutputOverTheLimit_LeavesNothingBehind()
    {
        var limits = new TemplateLimits { MaxOutputBytes = 10 };
        var fits = TestTemplate.Parse("0123456789", limits);
        var output = new ArrayBufferWriter<byte>();

        fits.Render(TemplateScope.Empty, output);
        Assert.Throws<TemplateLimitException>(() =>
            TestTemplate.Parse("0123456789!", limits).Render(TemplateScope.Empty, output));

        Assert.Equal("0123456789", Encoding.UTF8.GetString(output.WrittenSpan));
    }

    [Fact]
    public void Render_LoopAtTheLimit_IsRendered()
    {
        Assert.Equal(1000, TestTemplate.Render("#foreach($i in [1..1000])x#end").Length);
        Assert.Equal(5, TestTemplate.Render("#foreach($i in [1..5])x#end", limits: new() { MaxLoopIterations = 5 }).Length);
        Assert.Throws<TemplateLimitException>(() =>
            TestTemplate.Render("#foreach($i in [1..6])x#end", limits: new() { MaxLoopIterations = 5 }));
    }

    [Fact]
    public void Render_RecursionUnderTheLimit_IsRendered()
    {
        Assert.Equal("xxxxxxxxxxxxxxxxxx", TestTemplate.Render(
            "#macro(m $n)#if($n > 0)x#set($n = $n - 1)#m($n)#end#end#m(18)"));
    }

    [Fact]
    public void Render_LongAfterTheDeadline_Stops()
    {
        var limits = new TemplateLimits { Clock = new JumpingClock(), MaxDuration = TimeSpan.FromHours(1) };

        Assert.Throws<TemplateLimitException>(() =>
            TestTemplate.Render("#foreach($i in [1..1000])#foreach($j in [1..10])x#end#end", limits: limits));
    }

    [Fact]
    public void Render_AfterAFailure_StartsAfresh()
    {
        var template = TestTemplate.Parse("#set($y = $x)#set($x = 1)$y$b.list[$b.i]");

        Assert.Throws<TemplateRenderException>(() => TestTemplate.Render(template, new TestScope("""{"list":[7],"i":1}""")));

        Assert.Equal("7", TestTemplate.Render(template, new TestScope("""{"list":[7],"i":0}""")));
    }

    [Fact]
    [SuppressMessage("Usage", "xUnit1031", Justification = "The threads are the test.")]
    public void Render_ManyThreads_DoNotMeet()
    {
        var template = TestTemplate.Parse("#set($x = $b.n)#foreach($i in [1..50])$x,#end");

        Parallel.For(0, 200, i =>
        {
            var expected = string.Concat(Enumerable.Repeat($"{i},", 50));
            Assert.Equal(expected, TestTemplate.Render(template, new TestScope($$"""{"n":{{i}}}""")));
        });
    }

    /// <summary>A clock that is an hour further each time it is read.</summary>
    private sealed class JumpingClock : TimeProvider
    {
        private long _hours;

        public override long TimestampFrequency => 1;

        public override long GetTimestamp() => 3600 * Interlocked.Increment(ref _hours);
    }
}
