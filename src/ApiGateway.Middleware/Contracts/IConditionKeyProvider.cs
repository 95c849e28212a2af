using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace ApiGateway.Middleware.Contracts;

/// <summary>Supplies condition keys that policies may use beside those of AWS, such as <c>shop:Tenant</c>.</summary>
/// <remarks>One instance serves many requests at once. Asked while a policy is evaluated, once for each condition that names a key, so it
/// should answer from memory. What it throws refuses the request with 500.</remarks>
public interface IConditionKeyProvider
{
    /// <summary>Gets the names of the keys, or of families of keys, which end in a slash: <c>shop:Tag/</c> stands for <c>shop:Tag/color</c> and all others.</summary>
    /// <value>Names have a prefix and a colon. The prefix <c>aws:</c> is refused, since no application may speak for AWS. Case does not count. Read once, at start.</value>
    IReadOnlyCollection<string> Keys { get; }

    /// <summary>Gets the values that a key has for a request.</summary>
    /// <param name="key">The key, as the policy writes it.</param>
    /// <param name="request">The request. Headers and the like are what the client sent; nobody has been authorized yet.</param>
    /// <returns>The values; none if the request does not have the key.</returns>
    StringValues GetValues(string key, HttpContext request);
}
