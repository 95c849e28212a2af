using ApiGateway.Middleware.Context;
using ApiGateway.Middleware.Languages.Policies;
using ApiGateway.Middleware.Languages.Policies.Combination;
using ApiGateway.Middleware.Responses;
using ApiGateway.Middleware.Snapshots;
using ApiGateway.Middleware.State;
using Microsoft.Extensions.Logging;

namespace ApiGateway.Middleware.Pipeline.Authorization;

/// <summary>Who is calling, and may they? What the API's policy denies, who calls, then all policies together.</summary>
/// <remarks>Source: "How API Gateway resource policies affect authorization workflow". Whatever fails here refuses.</remarks>
internal sealed class AuthorizationMiddleware(
    GatewayDelegate next, AuthorizerGate authorizers, SignatureAuthorizer signatures, TokenAuthorizer tokens, GatewayResponseWriter responses,
    ILogger<AuthorizationMiddleware> logger)
{
    public Task InvokeAsync(GatewayContext context)
    {
        if (context.Route.Authorization is not { } plan)
        {
            return next(context);
        }

        return plan.Kind switch
        {
            AuthorizationKind.Signature => AwaitAsync(context, signatures.AuthorizeAsync(context, plan)),
            AuthorizationKind.Token => FinishAsync(context, tokens.AuthorizeAsync(context, plan)),
            _ => AuthorizeAsync(context, plan),
        };
    }

    private Task FinishAsync(GatewayContext context, ValueTask<GatewayRefusal?> pending) =>
        !pending.IsCompletedSuccessfully ? AwaitAsync(context, pending)
        : pending.Result is { } refusal ? responses.RejectAsync(context, refusal)
        : next(context);

    private async Task AwaitAsync(GatewayContext context, ValueTask<GatewayRefusal?> pending)
    {
        var refusal = await pending;
        await (refusal is null ? next(context) : responses.RejectAsync(context, refusal));
    }

    private Task AuthorizeAsync(GatewayContext context, AuthorizationPlan plan)
    {
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
            refusal = AccessCheck.Fail(logger, context, exception);
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
                return AccessCheck.RefusalOf(logger, context, arn.Text, PolicyCombination.Unauthenticated(AccessCheck.Resource(context, plan, arn.Text)));
            case AuthorizationKind.Authorizer:
                var resource = AccessCheck.Resource(context, plan, arn.Text);
                var before = PolicyCombination.BeforeAuthorizer(resource);
                if (!before.IsAllowed)
                {
                    return AccessCheck.RefusalOf(logger, context, arn.Text, before);
                }

                if (authorizers.TryAnswer(context, plan, out var answer, out key))
                {
                    return Combine(context, plan, arn.Text, resource, answer!);
                }

                mustAsk = true;
                return null;

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
            refusal = Combine(context, plan, methodArn, AccessCheck.Resource(context, plan, methodArn), answer);
        }
        catch (Exception exception) when (
            !(exception is OperationCanceledException && context.Http.RequestAborted.IsCancellationRequested))
        {
            refusal = AccessCheck.Fail(logger, context, exception);
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

        var decision = PolicyCombination.Authorizer(resource, answer.Evaluate(AccessCheck.RequestOf(context, arn)));
        if (!decision.IsAllowed)
        {
            return AccessCheck.RefusalOf(logger, context, arn, decision, answer.Policy);
        }

        if (answer.Caller is { } caller)
        {
            context.Enter(caller);
        }

        context.Activity?.SetTag("api_gateway.authorizer", plan.Authorizer!.Name);
        return null;
    }
}
