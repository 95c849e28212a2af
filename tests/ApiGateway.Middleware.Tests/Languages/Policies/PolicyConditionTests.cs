using System.Net;
using ApiGateway.Middleware.Languages.Policies;

namespace ApiGateway.Middleware.Tests.Languages.Policies;

public sealed class PolicyConditionTests
{
    [Theory]
    [InlineData("StringEquals", "'a'", "a", true)]
    [InlineData("StringEquals", "'a'", "A", false)]
    [InlineData("StringEquals", "'a*'", "ab", false)]
    [InlineData("StringEquals", "['a','b']", "b", true)]
    [InlineData("StringEquals", "[]", "b", false)]
    [InlineData("StringNotEquals", "['a','b']", "b", false)]
    [InlineData("StringNotEquals", "['a','b']", "c", true)]
    [InlineData("StringNotEquals", "[]", "c", true)]
    [InlineData("STRINGequals", "'a'", "a", true)]
    [InlineData("StringEqualsIgnoreCase", "'aÉ'", "Aé", true)]
    [InlineData("StringNotEqualsIgnoreCase", "'a'", "A", false)]
    [InlineData("StringLike", "'a*c?e'", "abbcde", true)]
    [InlineData("StringLike", "'a*c?e'", "abbce", false)]
    [InlineData("StringLike", "'a*'", "a", true)]
    [InlineData("StringLike", "'A*'", "a", false)]
    [InlineData("StringNotLike", "'a*'", "b", true)]
    [InlineData("StringEquals", "443", "443", true)]
    [InlineData("StringEquals", "true", "true", true)]
    [InlineData("StringEquals", "1e3", "1000", true)]
    [InlineData("NumericEquals", "'10'", "10.0", true)]
    [InlineData("NumericEquals", "10", "1e1", true)]
    [InlineData("NumericEquals", "10", "ten", false)]
    [InlineData("NumericEquals", "'ten'", "ten", false)]
    [InlineData("NumericNotEquals", "'ten'", "ten", true)]
    [InlineData("NumericNotEquals", "10", "ten", true)]
    [InlineData("NumericNotEquals", "10", "10", false)]
    [InlineData("NumericLessThan", "10", "9.9", true)]
    [InlineData("NumericLessThan", "10", "10", false)]
    [InlineData("NumericLessThan", "10", "x", false)]
    [InlineData("NumericLessThanEquals", "10", "10", true)]
    [InlineData("NumericGreaterThan", "10", "10", false)]
    [InlineData("NumericGreaterThan", "-1", "0", true)]
    [InlineData("NumericGreaterThanEquals", "10", "10", true)]
    [InlineData("DateEquals", "'2020-01-01'", "2020-01-01T00:00Z", true)]
    [InlineData("DateEquals", "'2020-01-01T01:00:00+01:00'", "2020-01-01T00:00:00.000Z", true)]
    [InlineData("DateEquals", "1577836800", "2020-01-01", true)]
    [InlineData("DateNotEquals", "'2020-01-01'", "never", true)]
    [InlineData("DateNotEquals", "'2020-01-01'", "2020-01-01", false)]
    [InlineData("DateLessThan", "'2020-01-01T00:00:01Z'", "2020-01-01T00:00:00.9999999999Z", true)]
    [InlineData("DateLessThanEquals", "'2020-01-01'", "2020-01-01", true)]
    [InlineData("DateGreaterThan", "'2020-01-01'", "2020-01-01", false)]
    [InlineData("DateGreaterThan", "'2020-01-01'", "never", false)]
    [InlineData("DateGreaterThanEquals", "'2020-01-01'", "2020-01-01", true)]
    [InlineData("Bool", "'TRUE'", "true", true)]
    [InlineData("Bool", "false", "False", true)]
    [InlineData("Bool", "false", "true", false)]
    [InlineData("Bool", "false", "0", false)]
    [InlineData("BinaryEquals", "'QUI='", "QUI=", true)]
    [InlineData("BinaryEquals", "'QUI='", "QUM=", false)]
    [InlineData("BinaryEquals", "'QUI='", "?", false)]
    [InlineData("IpAddress", "'203.0.113.0/24'", "203.0.113.255", true)]
    [InlineData("IpAddress", "'203.0.113.77/24'", "203.0.113.1", true)]
    [InlineData("IpAddress", "'203.0.113.0/24'", "203.0.114.0", false)]
    [InlineData("IpAddress", "'203.0.113.5'", "203.0.113.5", true)]
    [InlineData("IpAddress", "'0.0.0.0/0'", "::1", false)]
    [InlineData("IpAddress", "'::/0'", "10.0.0.1", false)]
    [InlineData("IpAddress", "'203.0.113.0/24'", "::ffff:203.0.113.9", true)]
    [InlineData("IpAddress", "'::ffff:203.0.113.0/120'", "203.0.113.9", true)]
    [InlineData("IpAddress", "'2001:db8::/32'", "2001:0DB8:1::1", true)]
    [InlineData("IpAddress", "'2001:db8::1'", "2001:db8::2", false)]
    [InlineData("IpAddress", "'203.0.113.0/24'", "not an address", false)]
    [InlineData("IpAddress", "'203.0.113.0/24'", "0313.0.113.1", false)]
    [InlineData("NotIpAddress", "['10.0.0.0/8','203.0.113.0/24']", "203.0.113.1", false)]
    [InlineData("NotIpAddress", "['10.0.0.0/8','203.0.113.0/24']", "192.0.2.1", true)]
    [InlineData("ArnLike", "'arn:aws:s:*:111122223333:finance/*'", "arn:aws:s:us-east-2:999999999999:store/abc:111122223333:finance/d", false)]
    [InlineData("StringLike", "'arn:aws:s:*:111122223333:finance/*'", "arn:aws:s:us-east-2:999999999999:store/abc:111122223333:finance/d", true)]
    [InlineData("ArnEquals", "'arn:aws:s:*:1:finance/*'", "arn:aws:s:eu:1:finance/a:b", true)]
    [InlineData("ArnEquals", "'arn:aws:s:*:1:Finance/*'", "arn:aws:s:eu:1:finance/a", false)]
    [InlineData("ArnNotEquals", "'arn:aws:s:*:1:finance/*'", "arn:aws:s:eu:1:finance/a", false)]
    [InlineData("ArnLike", "'*'", "not an arn", false)]
    [InlineData("ArnNotLike", "'*'", "not an arn", true)]
    [InlineData("Null", "'false'", "x", true)]
    [InlineData("Null", "true", "x", false)]
    [InlineData("Null", "[true,false]", "x", true)]
    public void IsMet_OneValue_Compares(string @operator, string values, string found, bool met)
    {
        var document = TestPolicy.Condition($$"""{'{{@operator}}':{'my:Key':{{values}} } }""");

        Assert.Equal(met, TestPolicy.Allows(document, keys: new TestKeys().With("MY:key", found)));
    }

    [Theory]
    [InlineData("StringEquals", false)]
    [InlineData("StringNotEquals", true)]
    [InlineData("StringEqualsIfExists", true)]
    [InlineData("StringNotEqualsIfExists", true)]
    [InlineData("ForAnyValue:StringEquals", false)]
    [InlineData("ForAnyValue:StringNotEquals", false)]
    [InlineData("ForAllValues:StringEquals", true)]
    [InlineData("ForAllValues:StringNotEquals", true)]
    [InlineData("ForAnyValue:StringLikeIfExists", true)]
    [InlineData("forallvalues:stringlikeifexists", true)]
    public void IsMet_MissingKey_FollowsTheKindOfOperator(string @operator, bool met)
    {
        var document = TestPolicy.Condition($$"""{'{{@operator}}':{'my:Key':'a'} }""");
        var isSet = @operator.Contains(':', StringComparison.Ordinal);

        Assert.Equal(met, TestPolicy.Allows(document));
        Assert.Equal(met, TestPolicy.Allows(document, keys: new TestKeys().With("my:Key", Array.Empty<string>())));
        if (isSet)
        {
            Assert.Equal(met, TestPolicy.Allows(document, keys: new TestKeys().With("my:Key", "")));
            Assert.Equal(met, TestPolicy.Allows(document, keys: new TestKeys().With("my:Key", [""])));
        }
    }

    [Theory]
    [InlineData("StringEquals", false)]
    [InlineData("StringNotEquals", true)]
    [InlineData("StringEqualsIfExists", false)]
    public void IsMet_EmptyTextWithoutPrefix_IsAValue(string @operator, bool met)
    {
        var document = TestPolicy.Condition($$"""{'{{@operator}}':{'my:Key':'a'} }""");

        Assert.Equal(met, TestPolicy.Allows(document, keys: new TestKeys().With("my:Key", "")));
    }

    [Theory]
    [InlineData("ForAnyValue:StringEquals", "a,x", true)]
    [InlineData("ForAnyValue:StringEquals", "x,y", false)]
    [InlineData("ForAllValues:StringEquals", "a,b", true)]
    [InlineData("ForAllValues:StringEquals", "a,x", false)]
    [InlineData("ForAnyValue:StringNotEquals", "a,x", true)]
    [InlineData("ForAnyValue:StringNotEquals", "a,b", false)]
    [InlineData("ForAllValues:StringNotEquals", "x,y", true)]
    [InlineData("ForAllValues:StringNotEquals", "a,x", false)]
    [InlineData("StringEquals", "x,a", true)]
    [InlineData("StringEquals", "x,y", false)]
    [InlineData("StringNotEquals", "x,a", false)]
    [InlineData("StringNotEquals", "x,y", true)]
    [InlineData("ForAllValues:StringLikeIfExists", "x", false)]
    public void IsMet_SeveralValues_FollowsThePrefix(string @operator, string found, bool met)
    {
        var document = TestPolicy.Condition($$"""{'{{@operator}}':{'my:Key':['a','b']} }""");

        Assert.Equal(met, TestPolicy.Allows(document, keys: new TestKeys().With("my:Key", found.Split(','))));
    }

    [Fact]
    public void IsMet_Null_IsAboutPresence()
    {
        var absent = TestPolicy.Condition("{'Null':{'my:Key':'true'}}");
        var present = TestPolicy.Condition("{'Null':{'my:Key':'false'}}");
        var keys = new TestKeys().With("my:Key", "");

        Assert.True(TestPolicy.Allows(absent));
        Assert.False(TestPolicy.Allows(present));
        Assert.False(TestPolicy.Allows(absent, keys: keys));
        Assert.True(TestPolicy.Allows(present, keys: keys));
    }

    [Fact]
    public void IsMet_SeveralOperatorsAndKeys_AllCount()
    {
        var document = TestPolicy.Condition("{'StringEquals':{'a':'1','b':'2'},'NumericLessThan':{'c':3}}");

        Assert.True(TestPolicy.Allows(document, keys: new TestKeys().With("a", "1").With("b", "2").With("c", "2")));
        Assert.False(TestPolicy.Allows(document, keys: new TestKeys().With("a", "1").With("b", "x").With("c", "2")));
        Assert.False(TestPolicy.Allows(document, keys: new TestKeys().With("a", "1").With("b", "2").With("c", "3")));
        Assert.False(TestPolicy.Allows(document, keys: new TestKeys().With("a", "1").With("c", "2")));
    }

    [Theory]
    [InlineData("StringEquals", "'203.0.113.9'")]
    [InlineData("StringLike", "'203.0.*'")]
    [InlineData("IpAddress", "'203.0.113.0/24'")]
    public void IsMet_Address_IsReadAsTextAndAsAddress(string @operator, string values)
    {
        var document = TestPolicy.Condition($$"""{'{{@operator}}':{'aws:SourceIp':{{values}} } }""");

        Assert.True(TestPolicy.Allows(document, keys: new TestKeys().With("aws:SourceIp", PolicyValue.Of(IPAddress.Parse("203.0.113.9")))));
        Assert.True(TestPolicy.Allows(document, keys: new TestKeys().With("aws:SourceIp", PolicyValue.Of(IPAddress.Parse("::ffff:203.0.113.9")))));
        Assert.False(TestPolicy.Allows(document, keys: new TestKeys().With("aws:SourceIp", PolicyValue.Of(IPAddress.Parse("2001:db8::1")))));
    }

    [Fact]
    public void IsMet_TypedValues_AreComparedWithoutText()
    {
        var keys = new TestKeys()
            .With("aws:CurrentTime", PolicyValue.Of(new DateTimeOffset(2030, 1, 1, 12, 0, 0, TimeSpan.Zero)))
            .With("aws:EpochTime", PolicyValue.Of(1893499200))
            .With("aws:SecureTransport", PolicyValue.Of(true))
            .With("aws:SourceIp", PolicyValue.Of(IPAddress.Parse("2001:db8::1")));

        Assert.True(Met("{'DateGreaterThan':{'aws:CurrentTime':'2030-01-01'}}"));
        Assert.True(Met("{'DateEquals':{'aws:EpochTime':'2030-01-01T12:00:00Z'}}"));
        Assert.True(Met("{'NumericGreaterThan':{'aws:EpochTime':'1893499199'}}"));
        Assert.True(Met("{'Bool':{'aws:SecureTransport':'true'}}"));
        Assert.True(Met("{'StringEquals':{'aws:CurrentTime':'2030-01-01T12:00:00Z'}}"));
        Assert.True(Met("{'StringEquals':{'aws:EpochTime':1893499200}}"));
        Assert.True(Met("{'StringEquals':{'aws:SecureTransport':'true'}}"));
        Assert.True(Met("{'StringEquals':{'aws:SourceIp':'2001:db8::1'}}"));
        Assert.False(Met("{'NumericEquals':{'aws:SecureTransport':'1'}}"));
        Assert.False(Met("{'NumericGreaterThan':{'aws:CurrentTime':'0'}}"));

        bool Met(string condition) => TestPolicy.Allows(TestPolicy.Condition(condition), keys: keys);
    }

    [Theory]
    [InlineData("1", 0, true)]
    [InlineData("2020-01-01T00:00:00", 0, false)]
    [InlineData("2020-13-01", 0, false)]
    [InlineData("2020-01-01T00:00:00.Z", 0, false)]
    [InlineData("2020-01-01T25:00:00Z", 0, false)]
    [InlineData("9223372036854775808", 0, false)]
    [InlineData("-9223372036854775808", 0, false)]
    [InlineData("-292275054", 0, true)]
    [InlineData("2016-12-13T21:20:37.593194+00:00", 0, true)]
    [InlineData("2016-12-13T21:20:37.5931941234567890123456789012345Z", 0, true)]
    [InlineData("2016-12-13T21:20:37.1Z", 900, false)]
    [InlineData("T", 0, false)]
    [InlineData(".", 0, false)]
    public void Date_Text_IsReadOrRefused(string text, int padding, bool valid)
    {
        var json = TestPolicy.Statement($$"""'Condition':{'DateEquals':{'aws:CurrentTime':'{{text}}{{new string('0', padding)}}'} }""");

        Assert.Equal(valid, PolicyDocument.TryParse(TestPolicy.Json(json), PolicyKind.Identity, TestPolicy.Options, out _, out _));
    }

    [Theory]
    [InlineData("10.0.0.0/08", true)]
    [InlineData("10.0.0", false)]
    [InlineData("10", false)]
    [InlineData("0x0a.0.0.1", false)]
    [InlineData("010.0.0.1", false)]
    [InlineData("10.0.0.256", false)]
    [InlineData("10.0.0.1 ", false)]
    [InlineData("10.0.0.1.1", false)]
    [InlineData("10.0.0.1/", false)]
    [InlineData("10.0.0.1/-1", false)]
    [InlineData("10.0.0.1/33", false)]
    [InlineData("::1/128", true)]
    [InlineData("::1/129", false)]
    [InlineData("[::1]", false)]
    [InlineData("fe80::1%eth0", false)]
    [InlineData("::ffff:1.2.3.4/64", true)]
    public void Block_Text_IsReadOrRefused(string text, bool valid)
    {
        var json = TestPolicy.Statement($$"""'Condition':{'IpAddress':{'aws:SourceIp':'{{text}}'} }""");

        Assert.Equal(valid, PolicyDocument.TryParse(TestPolicy.Json(json), PolicyKind.Identity, TestPolicy.Options, out _, out _));
    }
}
