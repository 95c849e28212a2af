using Microsoft.AspNetCore.Http;

namespace ApiGateway.Middleware.Snapshots;

/// <summary>Numbers the methods that a resource can have.</summary>
internal static class RouteMethod
{
    public const int Unknown = -1;
    public const int Count = 7;

    /// <summary>The number of <c>POST</c>.</summary>
    public const int Post = 1;

    /// <summary>The number of <c>OPTIONS</c>.</summary>
    public const int Options = 5;

    /// <summary>
    /// Stands for an <c>OPTIONS</c> that is a preflight: it meets the resource's own method, or else the one that the gateway adds
    /// on account of <c>Cors</c>. Not the number of a method, and only for look-ups.
    /// </summary>
    public const int Preflight = Count;

    /// <summary>The methods that <c>ANY</c> covers, by number.</summary>
    public static readonly string[] Names = ["GET", "POST", "PUT", "DELETE", "PATCH", "OPTIONS", "HEAD"];

    /// <summary>Gets the number of a method, or <see cref="Unknown"/>. Case-sensitive, as HTTP is.</summary>
    public static int Of(string method)
    {
        // Servers hand out the same string for a known method, so the first comparison is of references.
        if ((object)method == HttpMethods.Get)
        {
            return 0;
        }

        return method switch
        {
            "GET" => 0,
            "POST" => Post,
            "PUT" => 2,
            "DELETE" => 3,
            "PATCH" => 4,
            "OPTIONS" => Options,
            "HEAD" => 6,
            _ => Unknown,
        };
    }
}
