using ApiGateway.Middleware.Contracts;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace ApiGateway.Middleware.Hosting;

/// <summary>A condition key that a delegate supplies.</summary>
internal sealed class DelegateConditionKey(string name, Func<HttpContext, StringValues> values) : IConditionKeyProvider
{
    public IReadOnlyCollection<string> Keys { get; } = [name];

    public StringValues GetValues(string key, HttpContext request) => values(request);
}
