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
        [ErrorCase.Unreachable] = new(503, "Service Unavailable", false),
        [ErrorCase.BadAnswer] = new(500, "Internal Server Error", true),
    });

    /// <summary>WebSocket APIs: as REST APIs, but that all failures look the same.</summary>
    public static readonly ErrorTable WebSocket = new(new Dictionary<ErrorCase, ErrorAnswer>
    {
        [ErrorCase.InternalServerError] = new(500, "Internal server error", true),
        [ErrorCase.Unreachable] = new(502, "Internal server error", true),
        [ErrorCase.BadAnswer] = new(502, "Internal server error", true),
    })
    {
        HasErrorTypes = true,
    };

    private readonly ErrorAnswer?[] _answers;

    private ErrorTable(Dictionary<ErrorCase, ErrorAnswer> answers) =>
        _answers = [.. Enum.GetValues<ErrorCase>().Select(value => answers.GetValueOrDefault(value))];

    /// <summary>Gets whether answers tell their type in <c>x-amzn-ErrorType</c>.</summary>
    public bool HasErrorTypes { get; private init; }

    /// <summary>Gets the answer to all refusals of a case, or <see langword="null"/> if each has its own.</summary>
    public ErrorAnswer? this[ErrorCase value] => _answers[(int)value];
}
