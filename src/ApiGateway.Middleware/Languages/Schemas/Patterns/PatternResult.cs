namespace ApiGateway.Middleware.Languages.Schemas.Patterns;

/// <summary>The outcome of a match. A match that took too long is neither: the body is refused, also under <c>not</c>.</summary>
internal enum PatternResult
{
    NoMatch,
    Match,
    TimedOut,
}
