using System.Security.Claims;
using ApiGateway.Middleware.Contracts;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Policy;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using AuthorizationResult = ApiGateway.Middleware.Contracts.AuthorizationResult;

namespace ApiGateway.Middleware.Hosting;

/// <summary>Lets in whom an authorization policy of the application lets in.</summary>
internal sealed class PolicyAuthorizer(string? name)
{
    public async ValueTask<AuthorizationResult> AuthorizeAsync(AuthorizationRequest request, CancellationToken cancellationToken)
    {
        var http = request.HttpContext;
        var policies = http.RequestServices.GetRequiredService<IAuthorizationPolicyProvider>();
        var policy = name is null ? await policies.GetDefaultPolicyAsync() : await policies.GetPolicyAsync(name);
        if (policy is null)
        {
            throw new InvalidOperationException($"There is no authorization policy '{name}'. Add it with AddAuthorization().");
        }

        // The evaluator reads and sets the request's user; the gateway puts it back.
        if (policy.AuthenticationSchemes.Count == 0)
        {
            await AuthenticateAsync(http);
        }

        var evaluator = http.RequestServices.GetRequiredService<IPolicyEvaluator>();
        var authentication = await evaluator.AuthenticateAsync(policy, http);
        var result = await evaluator.AuthorizeAsync(policy, authentication, http, http);
        return result switch
        {
            { Succeeded: true } => Allow(http.User),
            { Challenged: true } => AuthorizationResult.Unauthorized(),
            _ => AuthorizationResult.Deny(),
        };
    }

    private static async Task AuthenticateAsync(HttpContext http)
    {
        if (http.User.Identity is not { IsAuthenticated: true }
            && http.RequestServices.GetService<IAuthenticationSchemeProvider>() is { } schemes
            && await schemes.GetDefaultAuthenticateSchemeAsync() is { } scheme
            && await http.AuthenticateAsync(scheme.Name) is { Succeeded: true } result)
        {
            http.User = result.Principal;
        }
    }

    // A policy may let in callers of whom it knows nothing.
    private static AuthorizationResult Allow(ClaimsPrincipal user) => user.Identity is { IsAuthenticated: true }
        ? AuthorizationResult.Allow(user)
        : AuthorizationResult.Allow("anonymous") with { Principal = user };
}
