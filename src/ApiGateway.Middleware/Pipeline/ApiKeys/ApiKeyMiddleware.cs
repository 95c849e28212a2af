using ApiGateway.Middleware.Context;
using ApiGateway.Middleware.Responses;

namespace ApiGateway.Middleware.Pipeline.ApiKeys;

/// <summary>Which usage plan does the caller's key belong to? Whatever is wrong with a key, the answer is the same.</summary>
internal sealed class ApiKeyMiddleware(GatewayDelegate next, GatewayResponseWriter responses)
{
    private const string Header = "x-api-key";

    public Task InvokeAsync(GatewayContext context)
    {
        if (context.Route.ApiKey is not { } plan)
        {
            return next(context);
        }

        // Two headers are no key: it would not be clear which of them counts.
        var value = plan.IsFromAuthorizer
            ? context.Caller?.UsageIdentifierKey
            : context.Http.Request.Headers[Header] is [{ } single] ? single : null;

        // A missing key is looked up as well, so that it takes as long as a wrong one.
        if (plan.Keys.Find(value, context.ReceivedAt) is not { } grant)
        {
            return responses.RejectAsync(context, GatewayRefusal.InvalidApiKey);
        }

        context.ApiKey = value;
        context.ApiKeyGrant = grant;
        return next(context);
    }
}
