using ApiGateway.Middleware.Context;
using ApiGateway.Middleware.Languages.Policies;
using ApiGateway.Middleware.Languages.Policies.Combination;
using ApiGateway.Middleware.Responses;
using ApiGateway.Middleware.Snapshots;
using ApiGateway.Middleware.State;
using ApiGateway.Middleware.Telemetry;
using Microsoft.Extensions.Logging;

namespace ApiGateway.Middleware.Pipeline.Authorization;

/// <summary>Who is calling, and may they? What the API's policy denies, who calls, then all policies together.</summary>
/// <remarks>Source: "How API Gateway resource policies affect authorization workflow". Whatever fails here refuses.</remarks>
internal sealed class AuthorizationMiddleware(
    GatewayDelegate next, AuthorizerGate authorizers, GatewayResponseWriter responses, ILogger<AuthorizationMiddleware> logger)
{
    public Task InvokeAsync(GatewayContext context)
    {
        if (context.Route.Authorization is not { } plan)
        {
            return next(context);
        }

        GatewayRefusal? refusal;
        string? methodArn = null;
        ResultKey key = default;
        try
        {
            using var arn = MethodArn.Of(context, plan);
            refusal = Decide(context, plan, arn, out var mustAsk, out key);
            if (mustAsk)
            {
                methodArn = arn.ToString();
            }
        }
        catch (Exception exception)
        {
            refusal = Fail(context, exception);
        }

        return refusal is not null ? responses.RejectAsync(context, refusal)
            : methodArn is not null ? AskAsync(context, plan, methodArn, key)
            : next(context);
    }

    /// <summary>Decides without waiting for anybody, or tells that the authorizer must be asked.</summary>
    private GatewayRefusal? Decide(GatewayContext context, AuthorizationPlan plan, in MethodArn arn, out bool mustAsk, out ResultKey key)
    {
        mustAsk = false;
        key = default;
        if (arn.IsTooLong)
        {
            return GatewayRefusal.UriTooLong;
        }

        switch (plan.Kind)
        {
            case AuthorizationKind.Anonymous:
                return RefusalOf(context, arn.Text, PolicyCombination.Unauthenticated(Evaluate(context, plan, arn.Text)));
            case AuthorizationKind.Authorizer:
                var resource = Evaluate(context, plan, arn.Text);
                var before = PolicyCombination.BeforeAuthorizer(resource);
                if (!before.IsAllowed)
                {
                    return RefusalOf(context, arn.Text, before);
                }

                if (authorizers.TryAnswer(context, plan, out var answer, out key))
                {
                    return Combine(context, plan, arn.Text, resource, answer!);
                }

                mustAsk = true;
                return null;

            // Not in force in this version: the verifiers of signatures and tokens belong here.
            case AuthorizationKind.Signature:
            case AuthorizationKind.Token:
            default:
                return GatewayRefusal.ConfigurationError;
        }
    }

    private async Task AskAsync(GatewayContext context, AuthorizationPlan plan, string methodArn, ResultKey key)
    {
        GatewayRefusal? refusal;
        try
        {
            var answer = await authorizers.AskAsync(context, plan, methodArn, key);
            refusal = Combine(context, plan, methodArn, Evaluate(context, plan, methodArn), answer);
        }
        catch (Exception exception) when (
            !(exception is OperationCanceledException && context.Http.RequestAborted.IsCancellationRequested))
        {
            refusal = Fail(context, exception);
        }

        await (refusal is null ? next(context) : responses.RejectAsync(context, refusal));
    }

    private GatewayRefusal? Combine(
        GatewayContext context, AuthorizationPlan plan, ReadOnlySpan<char> arn, PolicyDecision? resource, AuthorizerAnswer answer)
    {
        if (answer.Refusal is { } refusal)
        {
            return refusal;
        }

        var decision = PolicyCombination.Authorizer(resource, answer.Evaluate(RequestOf(context, arn)));
        if (!decision.IsAllowed)
        {
            return RefusalOf(context, arn, decision);
        }

        if (answer.Caller is { } caller)
        {
            context.Enter(caller);
        }

        context.Activity?.SetTag("api_gateway.authorizer", plan.Authorizer!.Name);
        return null;
    }

    private static PolicyDecision? Evaluate(GatewayContext context, AuthorizationPlan plan, ReadOnlySpan<char> arn) =>
        plan.ResourcePolicy?.Evaluate(RequestOf(context, arn));

    private static PolicyRequest RequestOf(GatewayContext context, ReadOnlySpan<char> arn) =>
        new(PolicyAction.Invoke, PartsOf(arn), PolicyPrincipal.Anonymous, context.PolicyKeys);

    // The start of it was made by the compiler, so there are six parts.
    private static ArnParts PartsOf(ReadOnlySpan<char> arn) =>
        ArnParts.TryParse(arn, out var parts) ? parts : throw new InvalidOperationException("The method has no ARN.");

    private GatewayRefusal? RefusalOf(GatewayContext context, ReadOnlySpan<char> arn, AccessDecision decision)
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
            PolicyPrincipal.Anonymous, PolicyAction.Invoke, PartsOf(arn), decision, AccessDeniedDetail.Classic));
    }

    private GatewayRefusal Fail(GatewayContext context, Exception exception)
    {
        Log.AuthorizationFailed(logger, exception, context.Route.Key, context.RequestId);
        return GatewayRefusal.AuthorizerFailure;
    }
}
