using ApiGateway.Middleware.Context;
using ApiGateway.Middleware.Languages.Policies;
using ApiGateway.Middleware.Responses;

namespace ApiGateway.Middleware.Pipeline.Authorization;

/// <summary>What an authorizer has said, checked and compiled: either a refusal that ends the request, or a caller and what they may.
/// Immutable: requests share it.</summary>
internal sealed class AuthorizerAnswer
{
    public static readonly AuthorizerAnswer Unauthorized = new() { Refusal = GatewayRefusal.Unauthorized };

    public static readonly AuthorizerAnswer Failure = new() { Refusal = GatewayRefusal.AuthorizerFailure };

    public static readonly AuthorizerAnswer ConfigurationError = new() { Refusal = GatewayRefusal.AuthorizerConfigurationError };

    /// <summary>Gets the refusal, or <see langword="null"/> if the policies decide. Refusals are not remembered.</summary>
    public GatewayRefusal? Refusal { get; private init; }

    public CallerIdentity? Caller { get; private init; }

    /// <summary>Gets the policy, evaluated for each request, or <see langword="null"/> if <see cref="Outcome"/> holds for all methods.</summary>
    public PolicyDocument? Policy { get; private init; }

    public PolicyOutcome Outcome { get; private init; }

    /// <summary>Gets how long the authorizer lets the answer be remembered, or <see langword="null"/> if it does not say.</summary>
    public TimeSpan? Lifetime { get; private init; }

    /// <summary>An answer with a policy.</summary>
    public static AuthorizerAnswer Of(CallerIdentity caller, PolicyDocument policy, TimeSpan? lifetime = null) =>
        new() { Caller = caller, Policy = policy, Lifetime = lifetime };

    /// <summary>An answer for all methods.</summary>
    public static AuthorizerAnswer Of(CallerIdentity? caller, PolicyOutcome outcome, TimeSpan? lifetime = null) =>
        new() { Caller = caller, Outcome = outcome, Lifetime = lifetime };

    public PolicyOutcome Evaluate(in PolicyRequest request) => Policy?.Evaluate(request).Outcome ?? Outcome;
}
