namespace ApiGateway.Middleware.Languages.Values;

/// <summary>A value is nested too deeply or is too large to be walked. Templates can build such values; JSON texts cannot.</summary>
internal sealed class ValueLimitException(string message) : InvalidOperationException(message);
