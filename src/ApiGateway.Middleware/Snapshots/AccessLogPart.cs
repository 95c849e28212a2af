namespace ApiGateway.Middleware.Snapshots;

/// <summary>A part of a line of an access log.</summary>
/// <param name="Text">Text, or the path of a variable behind <c>$context.</c>.</param>
/// <param name="IsVariable">Which of both.</param>
/// <param name="IsEscaped">Whether the value is escaped as in JSON.</param>
internal readonly record struct AccessLogPart(string Text, bool IsVariable, bool IsEscaped);
