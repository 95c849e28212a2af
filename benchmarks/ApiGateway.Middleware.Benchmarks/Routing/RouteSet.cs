using System.Globalization;

namespace ApiGateway.Middleware.Benchmarks.Routing;

/// <summary>Routes as large APIs have them, ten per service, and paths that ask for them in no order.</summary>
internal sealed class RouteSet
{
    private const int Seed = 1;

    private static readonly string[] Resources =
    [
        "/health", "/search", "/orders", "/orders/{order}", "/orders/{order}/items", "/orders/{order}/items/{item}",
        "/customers/{customer}", "/customers/{customer}/addresses/{address}", "/reports/daily", "/files/{proxy+}",
    ];

    public RouteSet(int routes, int paths)
    {
        Routes = [.. Enumerable.Range(0, routes).Select(static i => $"/service{i / Resources.Length}{Resources[i % Resources.Length]}")];
        var random = new Random(Seed);
        Wanted = [.. Enumerable.Range(0, paths).Select(_ => Routes[random.Next(Routes.Length)])];
        Paths = [.. Wanted.Select(route => Fill(route, random))];
    }

    /// <summary>Gets the paths of the resources, in the gateway's notation.</summary>
    public string[] Routes { get; }

    /// <summary>Gets the paths that are asked for.</summary>
    public string[] Paths { get; }

    /// <summary>Gets the resource that each path belongs to.</summary>
    public string[] Wanted { get; }

    private static string Fill(string route, Random random)
    {
        var segments = route.Split('/');
        for (var i = 0; i < segments.Length; i++)
        {
            if (segments[i].StartsWith('{'))
            {
                var value = random.Next(100_000, 1_000_000).ToString(CultureInfo.InvariantCulture);
                segments[i] = segments[i].EndsWith("+}", StringComparison.Ordinal) ? $"{value}/images/{value}.png" : value;
            }
        }

        return string.Join('/', segments);
    }
}
