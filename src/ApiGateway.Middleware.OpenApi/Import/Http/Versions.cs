namespace ApiGateway.Middleware.OpenApi.Import.Http;

/// <summary>Reads the versions of payload formats, which documents write as texts or as numbers.</summary>
internal static class Versions
{
    /// <summary>Gets <c>1.0</c> or <c>2.0</c> for all their spellings; other texts stay as they are.</summary>
    public static string? Of(string? text) => text switch
    {
        "1" => "1.0",
        "2" => "2.0",
        _ => text,
    };
}
