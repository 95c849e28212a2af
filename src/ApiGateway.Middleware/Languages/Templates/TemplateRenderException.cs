namespace ApiGateway.Middleware.Languages.Templates;

/// <summary>A template asked for something that cannot be done, such as a part of a text beyond its end.</summary>
internal sealed class TemplateRenderException : Exception
{
    public TemplateRenderException(string message)
        : base(message)
    {
    }

    public TemplateRenderException(string message, Exception inner)
        : base(message, inner)
    {
    }
}
