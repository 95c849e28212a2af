using System.Collections.Frozen;
using Microsoft.AspNetCore.Http;

namespace ApiGateway.Middleware.Compilation;

/// <summary>The handlers that <c>IN_PROCESS</c> integrations can name.</summary>
internal sealed class HandlerTable(FrozenDictionary<string, RequestDelegate> handlers)
{
    public IEnumerable<string> Names => handlers.Keys;

    public bool TryGet(string name, out RequestDelegate? handler) => handlers.TryGetValue(name, out handler);
}
