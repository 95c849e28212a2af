using Microsoft.AspNetCore.Http;

namespace ApiGateway.Middleware.Hosting;

/// <summary>A handler and the name under which integrations find it.</summary>
internal sealed record HandlerRegistration(string Name, Func<IServiceProvider, RequestDelegate> Create);
