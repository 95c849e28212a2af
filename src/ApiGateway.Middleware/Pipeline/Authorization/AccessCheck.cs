using ApiGateway.Middleware.Context;
using ApiGateway.Middleware.Languages.Policies;
using ApiGateway.Middleware.Languages.Policies.Combination;
using ApiGateway.Middleware.Responses;
using ApiGateway.Middleware.Snapshots;
using ApiGateway.Middleware.Telemetry;
using Microsoft.Extensions.Logging;

namespace ApiGateway.Middleware.Pipeline.Authorization;

/// <summary>Asks policies about a request, and words what they refuse.</summary>
internal static class AccessCheck
{
    /// <summary>What the API's policy says, or <see langword="null"/> if there is none.</summary>
    public static PolicyDecision? Resource(GatewayContext context, AuthorizationPlan plan, ReadOnlySpan<char> arn) =>
        plan.ResourcePolicy?.Evaluate(RequestOf(context, arn));

    public static PolicyRequest RequestOf(GatewayContext context, ReadOnlySpan<char> arn) => RequestOf(context, arn, PolicyAction.Invoke);

    public static PolicyRequest RequestOf(GatewayContext context, ReadOnlySpan<char> arn, PolicyAction action) =>
        new(action, PartsOf(arn), PrincipalOf(context), context.PolicyKeys);

    /// <summary>The answer to a request that is refused, or <see langword="null"/>.</summary>
    public static GatewayRefusal? RefusalOf(ILogger logger, GatewayContext context, ReadOnlySpan<char> arn, AccessDecision decision)
    {
        if (decision.IsAllowed)
        {
            return null;
        }

        if (logger.IsEnabled(LogLevel.Debug))
        {
            var (outcome, policy) = (decision.Outcome.ToString(), decision.RefusedBy.ToString());
            Log.AccessDenied(logger, outcome, policy, context.Route.Key, context.RequestId);
        }

        if (decision.RefusedBy == PolicySource.Authorizer)
        {
            return decision.Outcome == AccessOutcome.ExplicitDeny ? GatewayRefusal.ExplicitlyDenied : GatewayRefusal.ImplicitlyDenied;
        }

        return GatewayRefusal.AccessDenied(AccessDeniedMessage.ForCaller(
            PrincipalOf(context), PolicyAction.Invoke, PartsOf(arn), decision, AccessDeniedDetail.Classic));
    }

    /// <summary>Whatever fails refuses.</summary>
    public static GatewayRefusal Fail(ILogger logger, GatewayContext context, Exception exception)
    {
        Log.AuthorizationFailed(logger, exception, context.Route.Key, context.RequestId);
        return GatewayRefusal.AuthorizerFailure;
    }

    private static PolicyPrincipal PrincipalOf(GatewayContext context) => context.Signer?.Principal ?? PolicyPrincipal.Anonymous;

    // The start of it was made by the compiler, so there are six parts.
    private static ArnParts PartsOf(ReadOnlySpan<char> arn) =>
        ArnParts.TryParse(arn, out var parts) ? parts : throw new InvalidOperationException("The method has no ARN.");
}
