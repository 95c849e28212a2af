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

    public static PolicyRequest RequestOf(GatewayContext context, ReadOnlySpan<char> arn) => RequestOf(context, arn, context.Route.Authorization?.Action ?? PolicyAction.Invoke);

    public static PolicyRequest RequestOf(GatewayContext context, ReadOnlySpan<char> arn, PolicyAction action) =>
        new(action, PartsOf(arn), PrincipalOf(context), context.PolicyKeys);

    /// <summary>The answer to a request that is refused, or <see langword="null"/>.</summary>
    /// <param name="logger">Learns why, if it listens to details.</param>
    /// <param name="context">The request.</param>
    /// <param name="arn">The ARN of the method.</param>
    /// <param name="decision">What all policies together say.</param>
    /// <param name="authorizer">The policy that an authorizer has returned, or <see langword="null"/>.</param>
    public static GatewayRefusal? RefusalOf(
        ILogger logger, GatewayContext context, ReadOnlySpan<char> arn, AccessDecision decision, PolicyDocument? authorizer = null)
    {
        if (decision.IsAllowed)
        {
            return null;
        }

        if (logger.IsEnabled(LogLevel.Debug))
        {
            var (outcome, policy) = (decision.Outcome.ToString(), decision.RefusedBy.ToString());
            Log.AccessDenied(logger, outcome, policy, context.Route.Key, context.RequestId);
            Explain(logger, context, arn, authorizer);
        }

        var detail = context.Snapshot.AccessDenied;

        if (decision.RefusedBy == PolicySource.Authorizer)
        {
            return decision.Outcome != AccessOutcome.ExplicitDeny ? GatewayRefusal.ImplicitlyDenied
                : detail == AccessDeniedDetail.Classic ? GatewayRefusal.ExplicitlyDenied
                : GatewayRefusal.AccessDenied(AccessDeniedMessage.ForAuthorizer(decision, detail));
        }

        return GatewayRefusal.AccessDenied(AccessDeniedMessage.ForCaller(
            PrincipalOf(context), context.Route.Authorization?.Action ?? PolicyAction.Invoke, PartsOf(arn), decision, detail));
    }

    /// <summary>Whatever fails refuses.</summary>
    public static GatewayRefusal Fail(ILogger logger, GatewayContext context, Exception exception)
    {
        Log.AuthorizationFailed(logger, exception, context.Route.Key, context.RequestId);
        return GatewayRefusal.AuthorizerFailure;
    }

    // Of each policy that was asked: which statement applies, and why the others do not.
    private static void Explain(ILogger logger, GatewayContext context, ReadOnlySpan<char> arn, PolicyDocument? authorizer)
    {
        var request = RequestOf(context, arn);
        Explain(logger, context, "API", context.Route.Authorization?.ResourcePolicy, request);
        Explain(logger, context, "authorizer", authorizer, request);
        if (context.Signer is { Policies: var policies })
        {
            foreach (var policy in policies.Identity)
            {
                Explain(logger, context, "caller", policy, request);
            }

            Explain(logger, context, "permissions boundary", policies.Boundary, request);
            foreach (var policy in policies.Session)
            {
                Explain(logger, context, "session", policy, request);
            }
        }
    }

    private static void Explain(ILogger logger, GatewayContext context, string owner, PolicyDocument? policy, in PolicyRequest request)
    {
        if (policy is not null)
        {
            var explanation = policy.Explain(request);
            Log.PolicyExplained(logger, owner, explanation, context.Route.Key, context.RequestId);
        }
    }

    private static PolicyPrincipal PrincipalOf(GatewayContext context) => context.Signer?.Principal ?? PolicyPrincipal.Anonymous;

    // The start of it was made by the compiler, so there are six parts.
    private static ArnParts PartsOf(ReadOnlySpan<char> arn) =>
        ArnParts.TryParse(arn, out var parts) ? parts : throw new InvalidOperationException("The method has no ARN.");
}
