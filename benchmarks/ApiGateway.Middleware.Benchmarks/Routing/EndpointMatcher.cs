using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.Extensions.DependencyInjection;

namespace ApiGateway.Middleware.Benchmarks.Routing;

/// <summary>The matcher of ASP.NET Core's endpoint routing, without the middleware around it. It is internal there.</summary>
internal static class EndpointMatcher
{
    public static Func<HttpContext, Task> Create(IEnumerable<string> routes)
    {
        var provider = new ServiceCollection().AddLogging().AddRouting().BuildServiceProvider();
        var endpoints = routes.Select(static (route, order) =>
        {
            var builder = new RouteEndpointBuilder(
                static _ => Task.CompletedTask, RoutePatternFactory.Parse(route.Replace("{proxy+}", "{**proxy}", StringComparison.Ordinal)), order: 0)
            {
                DisplayName = route,
            };
            builder.Metadata.Add(new HttpMethodMetadata(["GET"]));
            return builder.Build();
        });

        var factoryType = typeof(RouteEndpoint).Assembly.GetType("Microsoft.AspNetCore.Routing.Matching.MatcherFactory", throwOnError: true)!;
        var factory = provider.GetRequiredService(factoryType);
        var matcher = factoryType.GetMethod("CreateMatcher")!.Invoke(factory, [new DefaultEndpointDataSource([.. endpoints])])!;
        return matcher.GetType().GetMethod("MatchAsync")!.CreateDelegate<Func<HttpContext, Task>>(matcher);
    }
}
