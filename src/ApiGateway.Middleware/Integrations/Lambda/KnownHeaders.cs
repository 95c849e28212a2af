using System.Text.Json;

namespace ApiGateway.Middleware.Integrations.Lambda;

/// <summary>Texts that most answers have, so that they need not be made anew for each.</summary>
internal static class KnownHeaders
{
    private const string ContentType = "Content-Type";
    private const string LowerContentType = "content-type";
    private const string CacheControl = "Cache-Control";
    private const string AllowOrigin = "Access-Control-Allow-Origin";

    private const string Json = "application/json";
    private const string Any = "*";
    private const string PlainUtf8 = "text/plain; charset=utf-8";
    private const string Html = "text/html";

    public static string NameOf(ref Utf8JsonReader reader) => reader.ValueSpan.Length switch
    {
        12 when reader.ValueTextEquals(ContentType) => ContentType,
        12 when reader.ValueTextEquals(LowerContentType) => LowerContentType,
        13 when reader.ValueTextEquals(CacheControl) => CacheControl,
        27 when reader.ValueTextEquals(AllowOrigin) => AllowOrigin,
        _ => reader.GetString()!,
    };

    public static string ValueOf(ref Utf8JsonReader reader) => reader.ValueSpan.Length switch
    {
        1 when reader.ValueTextEquals(Any) => Any,
        9 when reader.ValueTextEquals(Html) => Html,
        16 when reader.ValueTextEquals(Json) => Json,
        25 when reader.ValueTextEquals(PlainUtf8) => PlainUtf8,
        _ => reader.GetString()!,
    };
}
