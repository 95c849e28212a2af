using ApiGateway.Middleware.Context;
using ApiGateway.Middleware.Languages.Policies;
using ApiGateway.Middleware.Languages.Policies.Combination;
using ApiGateway.Middleware.Snapshots;

namespace ApiGateway.Middleware.Pipeline.Authorization;

/// <summary>Tells whether a caller that was let in may also have the cache ask anew: <c>execute-api:InvalidateCache</c>.</summary>
/// <remarks>A permission must say so: where nothing is authorized, and where a handler lets callers in without a policy, nobody has it.</remarks>
internal static class InvalidationCheck
{
    public static bool MayInvalidate(GatewayContext context)
    {
        if (context.Route.Authorization is not { } plan)
        {
            return false;
        }

        using var arn = MethodArn.Of(context, plan);
        if (arn.IsTooLong)
        {
            return false;
        }

        var request = AccessCheck.RequestOf(context, arn.Text, PolicyAction.InvalidateCache);
        var resource = plan.ResourcePolicy?.Evaluate(request);
        switch (plan.Kind)
        {
            case AuthorizationKind.Signature when context.Signer is { } caller:
                var identity = caller.Policies.Evaluate(request);
                return (caller.Principal.AccountId == context.Api.AccountId
                    ? PolicyCombination.SameAccount(resource, identity)
                    : PolicyCombination.CrossAccount(resource, identity)).IsAllowed;
            case AuthorizationKind.Authorizer:
                return PolicyCombination.Authorizer(resource, context.CallerPolicy?.Evaluate(request).Outcome ?? PolicyOutcome.Neither).IsAllowed;
            case AuthorizationKind.Anonymous or AuthorizationKind.Token:
                return resource is { Outcome: PolicyOutcome.Allow };
            default:
                return false;
        }
    }
}
