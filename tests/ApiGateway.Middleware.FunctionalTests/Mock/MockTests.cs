using ApiGateway.Middleware.FunctionalTests.Harness;

namespace ApiGateway.Middleware.FunctionalTests.Mock;

/// <summary>Answers without a backend.</summary>
public sealed class MockTests
{
    [Theory]
    [InlineData("{\\\"statusCode\\\": 200}", 200)]
    [InlineData("{statusCode: 418}", 418)]
    [InlineData(" { \\\"statusCode\\\" : 503 } ", 503)]
    public async Task Mock_Template_GivesTheStatusAndAnEmptyBody(string template, int status)
    {
        await using var host = await StartAsync($$""" "RequestTemplates": { "application/json": "{{template}}" } """);

        using var response = await host.GetAsync("/dev/x");

        Assert.Equal(status, (int)response.StatusCode);
        Assert.Equal("application/json", response.Content.Headers.ContentType?.ToString());
        Assert.Equal(0, response.Content.Headers.ContentLength);
        Assert.False(response.Headers.Contains("X-Amzn-Trace-Id"));
        Assert.False(response.Headers.Contains("x-amzn-RequestId"));
    }

    [Fact]
    public async Task Mock_WithoutTemplates_500()
    {
        await using var host = await StartAsync(""" "TimeoutInMillis": 1000 """);

        using var response = await host.GetAsync("/dev/x");

        await Refusal.AssertServerErrorAsync(response);
    }

    [Theory]
    [InlineData(null, 200)]
    [InlineData("application/json", 200)]
    [InlineData("Application/JSON; charset=utf-8", 200)]
    [InlineData("text/xml", 201)]
    [InlineData("image/png", 500)]
    public async Task Mock_SeveralTemplates_ContentTypeOfTheRequestChooses(string? contentType, int status)
    {
        await using var host = await StartAsync(
            """ "RequestTemplates": { "application/json": "{\"statusCode\": 200}", "text/xml": "{\"statusCode\": 201}" } """);

        var request = TestClient.Request(HttpMethod.Post, host.Client.BaseAddress!, "/dev/x");
        request.Content = new ByteArrayContent([1]);
        if (contentType is not null)
        {
            request.Content.Headers.TryAddWithoutValidation("Content-Type", contentType);
        }

        using var response = await host.Client.SendAsync(request);

        Assert.Equal(status, (int)response.StatusCode);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("{\\\"statusCode\\\": \\\"200\\\"}")]
    [InlineData("{\\\"statusCode\\\": 99}")]
    [InlineData("{\\\"statusCode\\\": 600}")]
    [InlineData("")]
    public async Task Mock_TemplateWithoutUsableStatus_IsADefinitionError(string template)
    {
        var failure = await Assert.ThrowsAsync<Definitions.DefinitionException>(
            () => StartAsync($$""" "RequestTemplates": { "application/json": "{{template}}" } """));

        Assert.Contains("from 200 to 599", failure.Message, StringComparison.Ordinal);
    }

    private static Task<TestHost> StartAsync(string members) => TestHost.StartAsync($$"""
        { "Apis": { "api": { "Routes": { "ANY /x": { "Integration": { "Type": "MOCK", {{members}} } } }, "Stages": { "dev": {} } } } }
        """);
}
