using System.Net;

namespace ApiGateway.Middleware.FunctionalTests.Harness;

/// <summary>Compares an answer with one of the gateway's own, to the byte.</summary>
internal static class Refusal
{
    public static Task AssertMissingTokenAsync(HttpResponseMessage response) =>
        AssertAsync(response, HttpStatusCode.Forbidden, "MissingAuthenticationTokenException", """{"message":"Missing Authentication Token"}""");

    public static Task AssertForbiddenAsync(HttpResponseMessage response) =>
        AssertAsync(response, HttpStatusCode.Forbidden, "ForbiddenException", """{"message":"Forbidden"}""");

    public static Task AssertBadRequestAsync(HttpResponseMessage response) =>
        AssertAsync(response, HttpStatusCode.BadRequest, "BadRequestException", """{"message":"Bad Request"}""");

    public static Task AssertServerErrorAsync(HttpResponseMessage response, string message = "Internal server error", int status = 500) =>
        AssertAsync(response, (HttpStatusCode)status, "InternalServerErrorException", $$"""{"message": "{{message}}"}""");

    public static async Task AssertAsync(HttpResponseMessage response, HttpStatusCode status, string errorType, string body)
    {
        Assert.Equal(body, await response.Content.ReadAsStringAsync());
        Assert.Equal(status, response.StatusCode);
        Assert.Equal("application/json", response.Content.Headers.ContentType?.ToString());
        Assert.Equal(body.Length, response.Content.Headers.ContentLength);
        Assert.Equal(errorType, response.Headers.GetValues("x-amzn-ErrorType").Single());
        Assert.False(response.Headers.Contains("X-Amzn-Trace-Id"));
    }
}
