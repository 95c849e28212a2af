using System.Collections.Frozen;
using System.Security.Claims;
using ApiGateway.Middleware.Languages.Policies;
using Microsoft.AspNetCore.Http.Features.Authentication;

namespace ApiGateway.Middleware.Context;

/// <content>Who calls. Written by the authorization step.</content>
internal sealed partial class GatewayContext : IHttpAuthenticationFeature
{
    private IHttpAuthenticationFeature? _outerUser;
    private bool _hasReplacedUser;
    private RequestPolicyKeys? _policyKeys;

    /// <summary>Gets who calls, or <see langword="null"/> if nobody was asked.</summary>
    public CallerIdentity? Caller { get; private set; }

    /// <summary>Gets or sets who signed the request, or <see langword="null"/>. Their policies may still refuse it.</summary>
    public SignedCaller? Signer { get; set; }

    /// <summary>Gets or sets the policy that the authorizer has returned for the caller, or <see langword="null"/>.</summary>
    public PolicyDocument? CallerPolicy { get; set; }

    /// <summary>Gets or sets how long the authorizer took, in milliseconds; 0 where its result was remembered.</summary>
    public long AuthorizerLatency { get; set; }

    /// <summary>Gets or sets the status of the call to the authorizer, or 0 if there was none.</summary>
    public int AuthorizerStatus { get; set; }

    /// <summary>Gets or sets why the authorizer let nobody in, or <see langword="null"/>. Never has anything of the request in it.</summary>
    public string? AuthorizerError { get; set; }

    /// <summary>Gets the values of the condition keys of policies.</summary>
    public RequestPolicyKeys PolicyKeys => _policyKeys ??= new(this);

    /// <summary>Makes a caller the request's user, until the request leaves the gateway.</summary>
    /// <remarks>This object is the feature that holds the user: setting the user of a request would make a new one.</remarks>
    public void Enter(CallerIdentity caller)
    {
        Caller = caller;
        if (caller.User is { } user)
        {
            _outerUser = Http.Features.Get<IHttpAuthenticationFeature>();
            _hasReplacedUser = true;
            User = user;
            Http.Features.Set<IHttpAuthenticationFeature>(this);
        }
    }

    /// <summary>Gives the request its own user back.</summary>
    public void RestoreUser()
    {
        if (_hasReplacedUser)
        {
            Http.Features.Set(_outerUser);
            _hasReplacedUser = false;
            _outerUser = null;
            User = null;
        }
    }

    /// <inheritdoc/>
    public ClaimsPrincipal? User { get; set; }

    string? IGatewayFeature.PrincipalId => Caller?.PrincipalId;

    IReadOnlyDictionary<string, string> IGatewayFeature.AuthorizerContext => Caller?.Values ?? FrozenDictionary<string, string>.Empty;

    private void ResetAuthorization()
    {
        Caller = null;
        Signer = null;
        CallerPolicy = null;
        AuthorizerLatency = 0;
        AuthorizerStatus = 0;
        AuthorizerError = null;
    }
}
