using System.Text;
using System.Text.Encodings.Web;
using ApiGateway.Middleware.Context;
using ApiGateway.Middleware.Contracts;
using ApiGateway.Middleware.Snapshots;
using Microsoft.AspNetCore.Http;

namespace ApiGateway.Middleware.Responses;

/// <summary>A reason to answer instead of the backend: status, error type, message, and the exact bytes of the default body.</summary>
/// <remarks>
/// Immutable, so that one object serves all requests. Source: "Gateway response types for API Gateway", and recordings of the service.
/// </remarks>
internal sealed partial class GatewayRefusal
{
    private readonly string _format;

    // Made when first needed. Two threads may make them at once; both make the same.
    private byte[]? _defaultBody;
    private byte[]? _problemStart;
    private GatewayError? _error;
    private AnsweredError? _answered;

    private GatewayRefusal(
        GatewayResponseType type, int statusCode, string errorType, string? message, string format, string? validationErrorString = null)
    {
        Type = type;
        StatusCode = statusCode;
        ErrorType = errorType;
        Case = CaseOf(statusCode);
        Message = message;
        ValidationErrorString = validationErrorString;
        _format = format;
    }

    public GatewayResponseType Type { get; }

    /// <summary>Gets the status, unless the type is customized with another one.</summary>
    public int StatusCode { get; }

    /// <summary>Gets what kinds of API with answers of their own tell apart.</summary>
    public ErrorCase Case { get; private init; }

    /// <summary>Gets what <c>WWW-Authenticate</c> tells the caller (RFC 9110, section 11.6.1), or <see langword="null"/>.</summary>
    public string? Challenge { get; private init; }

    /// <summary>Gets the value of <c>x-amzn-ErrorType</c>.</summary>
    public string ErrorType { get; }

    public string? Message { get; }

    /// <summary>Gets what request validation found, in brackets.</summary>
    public string? ValidationErrorString { get; }

    /// <summary>Gets the limit by caller that is exceeded, or <see langword="null"/>.</summary>
    public string? RateLimit { get; private init; }

    /// <summary>Gets whether a definition can give this answer another form.</summary>
    public bool IsCustomizable { get; private init; } = true;

    /// <summary>Gets the body where nothing is customized.</summary>
    public ReadOnlySpan<byte> DefaultBody => _defaultBody ??= Encoding.UTF8.GetBytes(_format.Replace("#", MessageString, StringComparison.Ordinal));

    /// <summary>Gets the body as problem details (RFC 9457), up to the place of the request's id.</summary>
    public ReadOnlySpan<byte> ProblemStart => _problemStart ??= Encoding.UTF8.GetBytes(ProblemDetails.StartOf(this));

    /// <summary>Gets the variables <c>$context.error.*</c>.</summary>
    public GatewayError Error => _error ??= new GatewayError(Type.ToName(), Message, MessageString, ValidationErrorString, RateLimit);

    /// <summary>Gets the type in metrics, logs and variables: where nothing was found, APIs with answers of their own say so.</summary>
    public GatewayResponseType TypeOf(ErrorAnswer? answer) =>
        answer is not null && Case == ErrorCase.NotFound ? GatewayResponseType.ResourceNotFound : Type;

    /// <summary>Gets the variables <c>$context.error.*</c> where an API of another kind answers in its own words.</summary>
    public GatewayError ErrorOf(ErrorAnswer answer)
    {
        if (_answered is not { } answered || answered.Answer != answer)
        {
            _answered = answered = new(answer, new GatewayError(TypeOf(answer).ToName(), answer.Message, Quote(answer.Message)));
        }

        return answered.Error;
    }

    private string MessageString => Quote(Message);

    /// <summary>Makes JSON of a text, or <c>null</c>.</summary>
    public static string Quote(string? text) =>
        text is null ? "null" : $"\"{JavaScriptEncoder.UnsafeRelaxedJsonEscaping.Encode(text)}\"";

    // What is refused before a method runs prints without a space, what fails while it runs with one: recorded.
    private static GatewayRefusal Early(GatewayResponseType type, int statusCode, string errorType, string? message) =>
        new(type, statusCode, errorType, message, "{\"message\":#}");

    private static GatewayRefusal Late(
        GatewayResponseType type, int statusCode, string errorType, string message, string? validationErrorString = null) =>
        new(type, statusCode, errorType, message, "{\"message\": #}", validationErrorString);

    /// <summary>Makes the same refusal with a challenge.</summary>
    public GatewayRefusal Challenging(string challenge) => new(Type, StatusCode, ErrorType, Message, _format, ValidationErrorString)
    {
        IsCustomizable = IsCustomizable,
        Case = Case,
        Challenge = challenge,
    };

    private static ErrorCase CaseOf(int statusCode) => statusCode switch
    {
        StatusCodes.Status400BadRequest => ErrorCase.BadRequest,
        StatusCodes.Status401Unauthorized => ErrorCase.Unauthorized,
        StatusCodes.Status403Forbidden => ErrorCase.Forbidden,
        StatusCodes.Status404NotFound => ErrorCase.NotFound,
        StatusCodes.Status413PayloadTooLarge => ErrorCase.RequestTooLarge,
        StatusCodes.Status414UriTooLong => ErrorCase.UriTooLong,
        StatusCodes.Status415UnsupportedMediaType => ErrorCase.UnsupportedMediaType,
        StatusCodes.Status429TooManyRequests => ErrorCase.Throttled,
        StatusCodes.Status431RequestHeaderFieldsTooLarge => ErrorCase.HeadersTooLarge,
        StatusCodes.Status504GatewayTimeout => ErrorCase.Unavailable,
        _ => ErrorCase.InternalServerError,
    };

    private sealed record AnsweredError(ErrorAnswer Answer, GatewayError Error);
}
