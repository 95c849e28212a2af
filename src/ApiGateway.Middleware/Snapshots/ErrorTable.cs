namespace ApiGateway.Middleware.Snapshots;

/// <summary>The gateway's own answers of a kind of API that has one for each case, whatever the reason.</summary>
internal sealed class ErrorTable
{
    /// <summary>HTTP APIs. The content type is missing where recordings of the service have none.</summary>
    public static readonly ErrorTable Http = new(new Dictionary<ErrorCase, ErrorAnswer>
    {
        [ErrorCase.BadRequest] = new(400, "Bad Request", true),
        [ErrorCase.Unauthorized] = new(401, "Unauthorized", false),
        [ErrorCase.Forbidden] = new(403, "Forbidden", false),
        [ErrorCase.NotFound] = new(404, "Not Found", true),
        [ErrorCase.RequestTooLarge] = new(413, "Request Entity Too Large", true),
        [ErrorCase.UriTooLong] = new(414, "URI Too Long", true),
        [ErrorCase.UnsupportedMediaType] = new(415, "Unsupported Media Type", true),
        [ErrorCase.Throttled] = new(429, "Too Many Requests", false),
        [ErrorCase.HeadersTooLarge] = new(431, "Request Header Fields Too Large", true),
        [ErrorCase.InternalServerError] = new(500, "Internal Server Error", true),
        [ErrorCase.Unavailable] = new(503, "Service Unavailable", false),
    });

    private readonly ErrorAnswer[] _answers;

    private ErrorTable(Dictionary<ErrorCase, ErrorAnswer> answers) =>
        _answers = [.. Enum.GetValues<ErrorCase>().Select(value => answers[value])];

    public ErrorAnswer this[ErrorCase value] => _answers[(int)value];
}
