using System.Diagnostics.CodeAnalysis;

namespace ApiGateway.Middleware.Hosting;

/// <summary>Scheme, host and port of a server, and nothing else.</summary>
internal static class ServerAddress
{
    public static bool TryParse(string? text, [NotNullWhen(true)] out Uri? address) =>
        Uri.TryCreate(text, UriKind.Absolute, out address) && (address.Scheme is "http" or "https") && address.PathAndQuery == "/"
        && address.UserInfo.Length == 0 && address.Fragment.Length == 0;
}
