using ApiGateway.Middleware.Contracts;

namespace ApiGateway.Middleware.Tests.Contracts;

public sealed class LambdaFunctionNameTests
{
    [Theory]
    [InlineData("orders", "orders", null, null)]
    [InlineData("orders:live", "orders", "live", null)]
    [InlineData("orders:$LATEST", "orders", "$LATEST", null)]
    [InlineData("123456789012:function:orders", "orders", null, null)]
    [InlineData("arn:aws:lambda:eu-west-1:123456789012:function:orders", "orders", null, "arn:aws:lambda:eu-west-1:123456789012:function:orders")]
    [InlineData("arn:aws-cn:lambda:cn-north-1:123456789012:function:a_b-1:7", "a_b-1", "7", "arn:aws-cn:lambda:cn-north-1:123456789012:function:a_b-1:7")]
    public void TryParse_Legal_GivesItsParts(string text, string name, string? qualifier, string? arn)
    {
        Assert.True(LambdaFunctionName.TryParse(text, out var parsed));

        Assert.Equal((name, qualifier, arn), (parsed.Name, parsed.Qualifier, parsed.InvokedArn));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("a b")]
    [InlineData("orders:")]
    [InlineData("orders:live:more")]
    [InlineData("arn:aws:lambda:eu-west-1:123:function:orders")]
    [InlineData("arn:aws:sqs:eu-west-1:123456789012:function:orders")]
    [InlineData("arn:aws:lambda::123456789012:function:orders")]
    [InlineData("arn:aws:lambda:eu-west-1:123456789012:function:")]
    [InlineData("arn:aws:lambda:eu-west-1:123456789012:function:../secrets")]
    public void TryParse_Illegal_IsRefused(string? text) => Assert.False(LambdaFunctionName.TryParse(text, out _));

    [Fact]
    public void Within_NameAlone_GetsAnArn()
    {
        Assert.True(LambdaFunctionName.TryParse("orders:live", out var name));

        Assert.Equal("arn:aws:lambda:us-east-1:123456789012:function:orders:live", name.Within("aws", "us-east-1", "123456789012").ToString());
    }
}
