using System.Text;

namespace ApiGateway.Middleware.Benchmarks.Languages;

/// <summary>The templates and payloads of the benchmarks. <c>Samples/velocityjs.cjs</c> renders the same.</summary>
internal static class TemplateSamples
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "Languages", "Samples");

    public static string Template(string name) => File.ReadAllText(Path.Combine(Folder, name + ".vtl"));

    /// <summary>Returns an order of 15 lines, about 2 KB.</summary>
    public static byte[] Order() => File.ReadAllBytes(Path.Combine(Folder, "order.json"));

    /// <summary>Returns a list of a thousand small items.</summary>
    public static byte[] Items()
    {
        var json = new StringBuilder("{\"items\":[");
        for (var i = 0; i < 1000; i++)
        {
            json.Append(i == 0 ? string.Empty : ",").Append("{\"id\":").Append(i).Append(",\"name\":\"item ").Append(i).Append("\"}");
        }

        return Encoding.UTF8.GetBytes(json.Append("]}").ToString());
    }
}
