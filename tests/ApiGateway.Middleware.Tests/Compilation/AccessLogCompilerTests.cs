using ApiGateway.Middleware.Definitions;
using ApiGateway.Middleware.Snapshots;

namespace ApiGateway.Middleware.Tests.Compilation;

public sealed class AccessLogCompilerTests
{
    [Theory]
    [InlineData(null, "code: Apis:api:Stages:dev:AccessLogSettings:Format Access Log value must not be empty.")]
    [InlineData("", "code: Apis:api:Stages:dev:AccessLogSettings:Format Access Log value must not be empty.")]
    [InlineData("$context.status", "The format must contain $context.requestId or $context.extendedRequestId.")]
    [InlineData("$context.requestId\n", "The format must be a single line.")]
    [InlineData("$context.requestId $input.body", "has '$input.body' at character 20.")]
    [InlineData("$context.requestId $context.", "has '$context.' at character 20.")]
    [InlineData("$context.requestId 5$", "has '$' at character 21.")]
    public void Compile_Wrong_IsRefused(string? format, string expected)
    {
        var errors = Compiled.Errors(Api(format)).Errors;

        Assert.Contains(expected, Assert.Single(errors).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Compile_EmptyDestination_IsRefused()
    {
        var api = Api("$context.requestId");
        api.Stages["dev"].AccessLogSettings!.DestinationArn = "";

        Assert.Contains("AccessLogSettings:DestinationArn Access Log value must not be empty.", Assert.Single(Compiled.Errors(api).Errors).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Compile_WhatTheServiceWouldNotTake_IsWarnedOf()
    {
        var unknown = Compiled.Errors(Api("$context.requestId $context.requestTme"));
        var longer = Compiled.Errors(Api("$context.requestId " + new string('x', (3 * 1024) - 1)));

        Assert.Empty(unknown.Errors.Concat(longer.Errors));
        Assert.Contains("There is no variable '$context.requestTme', so '-' stands for it. Did you mean 'requestTime'?", Assert.Single(unknown.Warnings).ToString(), StringComparison.Ordinal);
        Assert.Contains("The format has 3090 characters; Amazon API Gateway takes at most 3072.", Assert.Single(longer.Warnings).ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("$context.requestId.", "{requestId}.")]
    [InlineData("$context.requestId.5", "{requestId}.5")]
    [InlineData("a$context.identity.sourceIp,$context.extendedRequestId b", "a{identity.sourceIp},{extendedRequestId} b")]
    [InlineData("\"$context.requestId\" $context.status", "\"{requestId!}\" {status}")]
    [InlineData("$context.authorizer.a-b_c $context.requestId", "{authorizer.a-b_c} {requestId}")]
    public void Compile_Format_IsCutIntoItsParts(string format, string expected)
    {
        var api = Api(format);
        api.Stages["dev"].AccessLogSettings!.EscapeJson = true;

        var plan = Compiled.Snapshot(api).Stages[0].AccessLog!;

        Assert.Equal(expected, string.Concat(plan.Parts.Select(Text)));
    }

    private static string Text(AccessLogPart part) => part.IsVariable ? $"{{{part.Text}{(part.IsEscaped ? "!" : "")}}}" : part.Text;

    private static RestApiDefinition Api(string? format)
    {
        var api = Compiled.Mocks("api", "GET /a");
        api.Stages["dev"].AccessLogSettings = new AccessLogSettingsDefinition { Format = format };
        return api;
    }
}
