namespace ApiGateway.Middleware.Languages.Values;

/// <summary>
/// A value is nested too deeply or is too large to be walked. Templates and JSONPath can build such values; JSON texts
/// cannot.
/// </summary>
/// <remarks><see cref="Templates.Template"/> makes a <see cref="Templates.TemplateLimitException"/> of it; whoever works on values otherwise must expect it.</remarks>
internal sealed class ValueLimitException(string message) : InvalidOperationException(message);
