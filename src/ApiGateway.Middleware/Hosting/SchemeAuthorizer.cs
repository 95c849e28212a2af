using ApiGateway.Middleware.Contracts;
using Microsoft.AspNetCore.Authentication;

namespace ApiGateway.Middleware.Hosting;

/// <summary>Lets in whom an authentication scheme of the application knows.</summary>
internal sealed class SchemeAuthorizer(string? scheme)
{
    public async ValueTask<AuthorizationResult> AuthorizeAsync(AuthorizationRequest request, CancellationToken cancellationToken)
    {
        var result = await request.HttpContext.AuthenticateAsync(scheme);
        return result is { Succeeded: true, Principal.Identity.IsAuthenticated: true }
            ? AuthorizationResult.Allow(result.Principal)
            : AuthorizationResult.Unauthorized();
    }
}
