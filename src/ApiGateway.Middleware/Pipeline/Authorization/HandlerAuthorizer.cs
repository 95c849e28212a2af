using ApiGateway.Middleware.Context;
using ApiGateway.Middleware.Contracts;
using ApiGateway.Middleware.Languages.Policies;
using ApiGateway.Middleware.Snapshots;
using ApiGateway.Middleware.Telemetry;
using Microsoft.Extensions.Logging;

namespace ApiGateway.Middleware.Pipeline.Authorization;

/// <summary>Asks an authorizer inside the application.</summary>
internal sealed class HandlerAuthorizer(ILogger<HandlerAuthorizer> logger)
{
    private const int Ok = 200;
    private const int Unauthorized = 401;

    public async Task<AuthorizerAnswer> AskAsync(
        GatewayContext context, AuthorizerPlan plan, string methodArn, CancellationToken token)
    {
        var request = new AuthorizationRequest(context.Http, methodArn, IdentityReader.ValuesOf(context, plan))
        {
            AuthorizerName = plan.Name,
            ApiId = context.Api.Id,
            Stage = context.Stage.Name,
            ResourcePath = context.Route.ResourcePath,
        };

        // What an authorizer makes the request's user is not the caller unless it says so.
        var outer = context.Http.User;
        AuthorizationResult result;
        try
        {
            // A handler need not look at its token. Nothing here runs any more once the request has gone on without it.
            result = await plan.Handler!(request, token).AsTask().WaitAsync(token);
        }
        finally
        {
            if (!ReferenceEquals(context.Http.User, outer))
            {
                context.Http.User = outer;
            }
        }

        context.AuthorizerStatus = result.Outcome == AuthorizationOutcome.Unauthorized ? Unauthorized : Ok;
        return AnswerOf(context, plan, result);
    }

    private AuthorizerAnswer AnswerOf(GatewayContext context, AuthorizerPlan plan, in AuthorizationResult result)
    {
        if (result.Outcome == AuthorizationOutcome.Unauthorized)
        {
            return AuthorizerAnswer.Unauthorized;
        }

        if (result.Outcome != AuthorizationOutcome.Allowed || string.IsNullOrEmpty(result.PrincipalId))
        {
            var denied = result.PrincipalId is { Length: > 0 } id ? CallerOf(plan, id, result) : null;
            return AuthorizerAnswer.Of(denied, PolicyOutcome.ExplicitDeny, result.CacheFor);
        }

        var caller = CallerOf(plan, result.PrincipalId, result);
        if (result.Policy is not { } policy)
        {
            return AuthorizerAnswer.Of(caller, PolicyOutcome.Allow, result.CacheFor);
        }

        if (PolicyDocument.TryParse(policy, PolicyKind.Authorizer, plan.PolicyOptions, out var document, out var issues))
        {
            return AuthorizerAnswer.Of(caller, document, result.CacheFor);
        }

        context.AuthorizerError = $"its policy is not valid at '{issues.Errors[0].Path}'";
        Log.AuthorizerAnswerMalformed(logger, plan.Name, context.AuthorizerError, context.Route.Key, context.RequestId);
        return AuthorizerAnswer.ConfigurationError;
    }

    private static CallerIdentity CallerOf(AuthorizerPlan plan, string principalId, in AuthorizationResult result) =>
        plan.AnswerForm == AuthorizerAnswerForm.TextPolicy
            ? CallerIdentities.Create(plan.Name, principalId, result.Context ?? Nothing, result.Principal, result.UsageIdentifierKey)
            : CallerIdentities.CreateHttp(plan.Name, principalId, AuthorizerContext.Of(result.Context), result.Principal);

    private static Dictionary<string, string> Nothing { get; } = [];
}
