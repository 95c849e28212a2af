using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace ApiGateway.Middleware.Pipeline;

/// <summary>The rest of the application's pipeline, as a request meets it that comes out of an <c>IN_PROCESS</c> integration.</summary>
/// <param name="Next">The pipeline.</param>
/// <param name="RoutesAgain">Whether it begins with endpoint routing, because routing ran before the gateway changed the path.</param>
internal sealed record InProcessNext(RequestDelegate Next, bool RoutesAgain)
{
    // The same properties that ASP.NET Core's own re-routing middleware (path base, rewriting, exception handler) goes by.
    private const string GlobalRouteBuilder = "__GlobalEndpointRouteBuilder";
    private const string RouteBuilder = "__EndpointRouteBuilder";
    private const string UseRouting = "__UseRouting";

    /// <summary>Tells, when the gateway is added, whether the application has added routing by then.</summary>
    public static bool HasRouting(IApplicationBuilder app) => app.Properties.ContainsKey(RouteBuilder);

    /// <summary>Puts routing before <paramref name="next"/> where it ran too early, as it does by default in a <c>WebApplication</c>.</summary>
    /// <param name="app">The builder, when the pipeline is composed.</param>
    /// <param name="next">The next middleware.</param>
    /// <param name="routedBefore">What <see cref="HasRouting"/> said.</param>
    public static InProcessNext Create(IApplicationBuilder app, RequestDelegate next, bool routedBefore)
    {
        var routesLater = HasRouting(app) && !routedBefore;
        if (routesLater
            || !app.Properties.TryGetValue(GlobalRouteBuilder, out var routes) || routes is null
            || !app.Properties.TryGetValue(UseRouting, out var value)
            || value is not Func<IApplicationBuilder, IApplicationBuilder> useRouting)
        {
            return new InProcessNext(next, RoutesAgain: false);
        }

        var builder = app.New();
        builder.Properties[GlobalRouteBuilder] = routes;
        useRouting(builder).Run(next);
        return new InProcessNext(builder.Build(), RoutesAgain: true);
    }
}
