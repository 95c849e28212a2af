namespace ApiGateway.Middleware.Contracts;

/// <summary>How a body is converted between text and binary; <c>ContentHandling</c>.</summary>
public enum ContentHandling
{
    /// <summary>As the media types say.</summary>
    None,

    /// <summary><c>CONVERT_TO_TEXT</c>: binary becomes base64.</summary>
    ConvertToText,

    /// <summary><c>CONVERT_TO_BINARY</c>: base64 becomes binary.</summary>
    ConvertToBinary,
}
