namespace ApiGateway.Middleware.Languages.Templates;

/// <summary>A rendering went beyond one of the <see cref="TemplateLimits"/>.</summary>
internal sealed class TemplateLimitException : Exception
{
    public TemplateLimitException(string message)
        : base(message)
    {
    }

    public TemplateLimitException(string message, Exception inner)
        : base(message, inner)
    {
    }
}
