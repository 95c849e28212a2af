using ApiGateway.Middleware.Pipeline.Caching;
using Microsoft.Extensions.Primitives;

namespace ApiGateway.Middleware.Tests.Pipeline.Caching;

public sealed class CacheKeyBuilderTests
{
    // Few letters and short texts, so that collisions would come soon; the characters that keys write themselves among them.
    private const string Letters = "ab\0\u0001\u0002\u0003";

    [Fact]
    public void Key_RandomParts_IsInjective()
    {
        var random = new Random(20_26);
        var seen = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var i = 0; i < 300_000; i++)
        {
            // Every part is a list of lines, absent or there; a request has as many parts as its plan.
            var parts = Enumerable.Range(0, 3).Select(_ => RandomLines(random)).ToArray();
            var key = KeyOf(parts);
            var text = string.Join('|', parts.Select(static lines => $"{lines.Count}:{string.Join(',', lines.Select(static line => Convert.ToHexString(System.Text.Encoding.Unicode.GetBytes(line!))))}"));
            if (!seen.TryAdd(key, text))
            {
                Assert.Equal(seen[key], text);
            }
        }

        Assert.True(seen.Count > 10_000);
    }

    [Fact]
    public void Key_RandomTexts_AbsentAndEmptyDiffer()
    {
        var random = new Random(7);
        var seen = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var i = 0; i < 200_000; i++)
        {
            string?[] texts = [RandomText(random), RandomText(random), RandomText(random)];
            var builder = new CacheKeyBuilder(new char[64]);
            foreach (var text in texts)
            {
                RequestCacheKey.AppendText(text, ref builder);
            }

            Assert.True(builder.TryGetKey(out var key));
            var shown = string.Join('|', texts.Select(static text => text is null ? "-" : Convert.ToHexString(System.Text.Encoding.Unicode.GetBytes(text))));
            if (!seen.TryAdd(key.ToString(), shown))
            {
                Assert.Equal(seen[key.ToString()], shown);
            }
        }
    }

    [Fact]
    public void Escaped_RandomAddresses_AreEqualOnlyIfTheirNormalFormsAre()
    {
        var random = new Random(11);
        var seen = new Dictionary<string, string>(StringComparer.Ordinal);
        string[] pieces = ["a", "%61", "%2F", "%2f", "/", "%", "%zz", "%C3%A9", "%c3%a9", "~", "%7E", "%7e", "%2", "A", "%41", "+", "%2B"];
        for (var i = 0; i < 200_000; i++)
        {
            var address = string.Concat(Enumerable.Range(0, random.Next(5)).Select(_ => pieces[random.Next(pieces.Length)]));
            var key = EscapedKeyOf(address);
            var normal = Normal(address);
            if (!seen.TryAdd(key, normal))
            {
                Assert.Equal(seen[key], normal);
            }
        }
    }

    [Theory]
    [InlineData("%61b", "ab")]
    [InlineData("%2f", "%2F")]
    [InlineData("a%7e", "a~")]
    [InlineData("%C3%a9", "%C3%A9")]
    [InlineData("100%", "100%")]
    [InlineData("%2", "%2")]
    [InlineData("a+b", "a+b")]
    public void Escaped_SpellingsOfOneAddress_AreOne(string spelling, string normal) =>
        Assert.Equal(EscapedKeyOf(normal), EscapedKeyOf(spelling));

    [Theory]
    [InlineData("a+b", "a%2Bb")]
    [InlineData("a/b", "a%2Fb")]
    [InlineData("%FF", "%FE")]
    [InlineData("a", "A")]
    [InlineData("%25", "%")]
    public void Escaped_OtherMeaning_StaysApart(string one, string other) => Assert.NotEqual(EscapedKeyOf(other), EscapedKeyOf(one));

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(7)]
    public void Key_BufferTooSmall_IsNone(int size)
    {
        var builder = new CacheKeyBuilder(new char[size]);
        builder.Append("abc");
        builder.AppendEscaped("%61");

        Assert.False(builder.TryGetKey(out _));
    }

    [Fact]
    public void Key_BufferOfJustTheSize_IsWhole()
    {
        var builder = new CacheKeyBuilder(new char[8]);
        builder.AppendNumber(5);
        builder.AppendAbsent();
        builder.Append("abc");

        Assert.True(builder.TryGetKey(out var key));
        Assert.Equal("\u0005\0\u0001\u0003\0abc", key.ToString());
    }

    private static StringValues RandomLines(Random random)
    {
        var lines = new string[random.Next(3)];
        for (var i = 0; i < lines.Length; i++)
        {
            lines[i] = RandomText(random, canBeAbsent: false)!;
        }

        return lines;
    }

    private static string? RandomText(Random random, bool canBeAbsent = true) =>
        canBeAbsent && random.Next(4) == 0 ? null : string.Concat(Enumerable.Range(0, random.Next(4)).Select(_ => Letters[random.Next(Letters.Length)]));

    private static string KeyOf(StringValues[] parts)
    {
        var builder = new CacheKeyBuilder(new char[256]);
        foreach (var part in parts)
        {
            RequestCacheKey.AppendHeader(part, ref builder);
        }

        Assert.True(builder.TryGetKey(out var key));
        return key.ToString();
    }

    private static string EscapedKeyOf(string text)
    {
        var builder = new CacheKeyBuilder(new char[256]);
        builder.AppendEscaped(text);
        Assert.True(builder.TryGetKey(out var key));
        return key.ToString();
    }

    // RFC 3986 6.2.2, written another way.
    private static string Normal(string text) => System.Text.RegularExpressions.Regex.Replace(text, "%([0-9A-Fa-f]{2})", static match =>
    {
        var value = (char)Convert.ToInt32(match.Groups[1].Value, 16);
        return char.IsAsciiLetterOrDigit(value) || "-._~".Contains(value, StringComparison.Ordinal) ? value.ToString() : match.Value.ToUpperInvariant();
    });
}
