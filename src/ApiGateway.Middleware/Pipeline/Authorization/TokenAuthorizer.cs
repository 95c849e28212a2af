using ApiGateway.Middleware.Context;
using ApiGateway.Middleware.Languages.Policies.Combination;
using ApiGateway.Middleware.Pipeline.Authorization.Jwt;
using ApiGateway.Middleware.Responses;
using ApiGateway.Middleware.Snapshots;
using ApiGateway.Middleware.Telemetry;
using Microsoft.Extensions.Logging;

namespace ApiGateway.Middleware.Pipeline.Authorization;

/// <summary>Lets in callers with a token: first the token, then the API's policy on its own.</summary>
internal sealed class TokenAuthorizer(JwtValidators validators, ILogger<TokenAuthorizer> logger)
{
    /// <summary>Decides; without allocating where the token is known.</summary>
    /// <returns>The refusal, or <see langword="null"/> if the caller has entered.</returns>
    public ValueTask<GatewayRefusal?> AuthorizeAsync(GatewayContext context, AuthorizationPlan plan)
    {
        try
        {
            var token = plan.Token!;
            var values = token.Source.Place == IdentityPlace.Header
                ? context.Http.Request.Headers[token.Source.Name] : RequestParameters.AllQuery(context, token.Source.Name);
            var pending = validators.For(token.Jwt).ValidateAsync(values, token.Scopes, context.Http.RequestAborted);
            return pending.IsCompletedSuccessfully ? new(Decide(context, plan, pending.Result)) : AwaitAsync(context, plan, pending);
        }
        catch (Exception exception)
        {
            return new(AccessCheck.Fail(logger, context, exception));
        }
    }

    private async ValueTask<GatewayRefusal?> AwaitAsync(GatewayContext context, AuthorizationPlan plan, ValueTask<JwtResult> pending)
    {
        try
        {
            return Decide(context, plan, await pending);
        }
        catch (Exception exception) when (
            !(exception is OperationCanceledException && context.Http.RequestAborted.IsCancellationRequested))
        {
            return AccessCheck.Fail(logger, context, exception);
        }
    }

    private GatewayRefusal? Decide(GatewayContext context, AuthorizationPlan plan, in JwtResult result)
    {
        if (result.Token is not { } token)
        {
            if (logger.IsEnabled(LogLevel.Debug))
            {
                var (reason, kid) = (result.Failure.ToCode(), result.Kid);
                Log.TokenRefused(logger, plan.Token!.Name, reason, kid, context.Route.Key, context.RequestId);
            }

            return RefusalOf(plan.Token!, result);
        }

        using var arn = MethodArn.Of(context, plan);
        if (arn.IsTooLong)
        {
            return GatewayRefusal.UriTooLong;
        }

        var decision = PolicyCombination.Token(AccessCheck.Resource(context, plan, arn.Text));
        if (!decision.IsAllowed)
        {
            return AccessCheck.RefusalOf(logger, context, arn.Text, decision);
        }

        context.Enter(plan.Token!.Scopes.Length > 0 ? token.ScopedCaller : token.Caller);
        context.Activity?.SetTag("api_gateway.authorizer", plan.Token.Name);
        return null;
    }

    // HTTP APIs tell callers what is wrong, and call it their fault where keys cannot be had.
    private static GatewayRefusal? RefusalOf(TokenPlan plan, in JwtResult result)
    {
        if (plan.Jwt.Profile != JwtProfile.Http)
        {
            return result.Refusal;
        }

        var challenge = result.Challenge;
        return (challenge.IsForbidden ? GatewayRefusal.MissingScope : GatewayRefusal.Unauthorized).Challenging(challenge.ToHeader(plan.Scopes));
    }
}
