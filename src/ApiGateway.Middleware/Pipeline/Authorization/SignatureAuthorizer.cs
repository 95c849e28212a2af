using System.Collections.Concurrent;
using ApiGateway.Middleware.Context;
using ApiGateway.Middleware.Contracts;
using ApiGateway.Middleware.Languages.Policies.Combination;
using ApiGateway.Middleware.Pipeline.Authorization.Iam;
using ApiGateway.Middleware.Responses;
using ApiGateway.Middleware.Snapshots;
using ApiGateway.Middleware.Telemetry;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;

namespace ApiGateway.Middleware.Pipeline.Authorization;

/// <summary>Lets in callers that sign their requests: first the signature, then the policies of caller and API together.</summary>
internal sealed class SignatureAuthorizer(
    SigV4Options options, ISigV4CredentialStore store, SignedCallers callers, TimeProvider time, ILogger<SignatureAuthorizer> logger)
{
    // One, unless a reload changes the gateway's region.
    private readonly ConcurrentDictionary<string, SignatureVerifier> _verifiers = new(StringComparer.Ordinal);

    /// <summary>Decides. Nothing has read the body before, and nothing else does before the signature holds.</summary>
    /// <returns>The refusal, or <see langword="null"/> if the caller has entered.</returns>
    public async ValueTask<GatewayRefusal?> AuthorizeAsync(GatewayContext context, AuthorizationPlan plan)
    {
        var http = context.Http;
        var verifier = _verifiers.GetOrAdd(
            context.Api.Region, static (region, state) => new SignatureVerifier(state.options, region, state.store, state.time), (options, store, time));
        var request = new SignedHttpRequest(
            http.Request.Method, http.Features.Get<IHttpRequestFeature>()?.RawTarget ?? "", http.Request.Headers, ClientAddress.IsSecure(context));
        if (!verifier.TryRead(request, out var claim, out var refusal))
        {
            return Refuse(context, refusal);
        }

        if (!await context.Body.HoldAsync(context, ManagedLimits.PayloadBytes))
        {
            return GatewayRefusal.RequestTooLarge;
        }

        try
        {
            var result = await verifier.VerifyAsync(request, claim, context.Body.Bytes, http.RequestAborted);
            if (result.Fault is { } fault)
            {
                Log.AuthorizationFailed(logger, fault, context.Route.Key, context.RequestId);
            }

            return result.Credential is { } credential ? Decide(context, plan, credential) : Refuse(context, result.Refusal!);
        }
        catch (Exception exception) when (!(exception is OperationCanceledException && http.RequestAborted.IsCancellationRequested))
        {
            return AccessCheck.Fail(logger, context, exception);
        }
    }

    private GatewayRefusal? Decide(GatewayContext context, AuthorizationPlan plan, SigV4Credential credential)
    {
        using var arn = MethodArn.Of(context, plan);
        if (arn.IsTooLong)
        {
            return GatewayRefusal.UriTooLong;
        }

        var caller = callers.Of(credential);
        context.Signer = caller;
        var resource = AccessCheck.Resource(context, plan, arn.Text);
        var identity = caller.Policies.Evaluate(AccessCheck.RequestOf(context, arn.Text));
        var decision = caller.Principal.AccountId == context.Api.AccountId
            ? PolicyCombination.SameAccount(resource, identity)
            : PolicyCombination.CrossAccount(resource, identity);
        if (!decision.IsAllowed)
        {
            return AccessCheck.RefusalOf(logger, context, arn.Text, decision);
        }

        context.Enter(caller.Identity);
        return null;
    }

    private GatewayRefusal Refuse(GatewayContext context, GatewayRefusal refusal)
    {
        if (logger.IsEnabled(LogLevel.Debug))
        {
            Log.SignatureRefused(logger, refusal.ErrorType, context.Route.Key, context.RequestId);
        }

        return refusal;
    }
}
