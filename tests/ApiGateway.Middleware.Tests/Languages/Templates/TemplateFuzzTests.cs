using System.Globalization;
using System.Text;
using ApiGateway.Middleware.Buffers;
using ApiGateway.Middleware.Languages.Templates;

namespace ApiGateway.Middleware.Tests.Languages.Templates;

/// <summary>
/// Renders templates and payloads that were changed at random. Nothing but the two declared exceptions may come out. The
/// environment variable <c>TEMPLATE_FUZZ_RENDERS</c> sets how many renderings there are.
/// </summary>
public class TemplateFuzzTests
{
    private const int DefaultRenders = 1_000_000;
    private const int BodiesPerTemplate = 4;
    private const int Seed = 20_260_101;

    private static readonly string[] Fragments =
    [
        "$", "#", "\\", "{", "}", "(", ")", "[", "]", "\"", "'", ".", "..", ",", "!", "$b", "$b.a", "${", "$!", "#if(", "#end", "#else",
        "#elseif(", "#foreach($i in ", "#set($x = ", "#set($x.y = ", "#macro(m $p)", "#m(", "#@m()", "#define($d)", "$d", "#stop",
        "#break", "##", "#*", "*#", "#[[", "]]#", "[1..9]", "[1..99999]", " and ", " == ", " + ", " / 0", "-1", "9223372036854775807",
        "1e308", ".size()", ".add($b)", ".put(\"k\", $x)", ".replaceAll(\"(a+)+$\", \"$1\")", ".split(\"\")", ".substring(-1)", "[-1]",
        ".repeat(1000)", "$input.json('$..*')", "$input.json('$[?(@.a =~ /x/)]')", "$input.path('$')", "$input.params()", "$x", "$foreach",
        "$util.parseJson($input.body)", "$util.escapeJavaScript($x)", "$context.requestOverride.put('a', $context)", "é", "\ud800", "\0",
        "\r\n", "#set($x = $x + $x)", "#set($x = \"$x$x\")", ".format('%5d%s', 1)", "#foreach($i in $b)", "$x.addAll($x)",
    ];

    private static readonly string[] Bodies =
    [
        "", "{}", "[]", "null", "\"x\"", "nope", "{\"a\":\"x\",\"list\":[1,2,{\"k\":null}],\"m\":{\"k\":1.50}}",
        "[[[[[[1]]]]]]", "{\"a\":1e999}", "\"\\ud800\"", "{\"a\":1,\"a\":2}",
    ];

    [Fact]
    public void Render_RandomTemplatesAndPayloads_RaiseNothingElse()
    {
        var renders = int.TryParse(
            Environment.GetEnvironmentVariable("TEMPLATE_FUZZ_RENDERS"), CultureInfo.InvariantCulture, out var count) ? count : DefaultRenders;
        var seeds = TemplateCase.ReadAll().ToArray();
        var random = new Random(Seed);

        // A hang shows as a failure: the limits are small, and each rendering is over soon or stopped.
        var limits = new TemplateLimits
        {
            MaxSteps = 20_000,
            MaxOutputBytes = 100_000,
            MaxTextLength = 50_000,
            MaxDuration = TimeSpan.FromMilliseconds(500),
        };

        using var output = new PooledBufferWriter();
        int refused = 0, rendered = 0;
        var i = 0;
        while (i < renders)
        {
            var seed = seeds[random.Next(seeds.Length)];
            var text = Change(random, seed.Template);
            if (!Template.TryParse(text, limits, out var template, out _))
            {
                Assert.True(++refused < renders, "The changes leave no template intact.");
                continue;
            }

            // A template that parses is worth several payloads.
            for (var j = 0; j < BodiesPerTemplate; j++, i++)
            {
                var body = random.Next(3) == 0 ? Change(random, seed.Body) : random.Next(2) == 0 ? seed.Body : Bodies[random.Next(Bodies.Length)];
                try
                {
                    output.Truncate(0);
                    template.Render(new TestScope(Encoding.UTF8.GetBytes(body)), output);
                    rendered++;
                }
                catch (Exception e) when (e is TemplateLimitException or TemplateRenderException)
                {
                    Assert.Equal(0, output.Length);
                }
                catch (Exception e)
                {
                    Assert.Fail($"Round {i}: {e}\nTemplate: {text}\nPayload: {body}");
                }
            }
        }

        // Most renderings come to their end.
        Assert.InRange(rendered, renders / 2, renders + BodiesPerTemplate);
    }

    private static string Change(Random random, string text)
    {
        var result = new StringBuilder(text);
        for (var changes = random.Next(4); changes > 0; changes--)
        {
            var position = random.Next(result.Length + 1);
            switch (random.Next(4))
            {
                case 0:
                    result.Insert(position, Fragments[random.Next(Fragments.Length)]);
                    break;
                case 1 when position < result.Length:
                    result.Remove(position, Math.Min(random.Next(1, 5), result.Length - position));
                    break;
                case 2 when position < result.Length:
                    result[position] = (char)random.Next(1, 128);
                    break;
                default:
                    var length = Math.Min(random.Next(1, 20), result.Length - position);
                    result.Insert(position, result.ToString(position, length));
                    break;
            }
        }

        return result.ToString();
    }
}
