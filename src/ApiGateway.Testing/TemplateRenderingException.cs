namespace ApiGateway.Testing;

/// <summary>A mapping template could not be rendered: it asked for something that cannot be done, or for more than the limits allow.</summary>
public sealed class TemplateRenderingException : Exception
{
    /// <summary>Initializes a new instance of the <see cref="TemplateRenderingException"/> class.</summary>
    /// <param name="message">What could not be done.</param>
    /// <param name="isLimit">Whether a limit was reached.</param>
    /// <param name="inner">The cause.</param>
    public TemplateRenderingException(string message, bool isLimit, Exception? inner)
        : base(message, inner) => IsLimit = isLimit;

    /// <summary>Gets whether a limit was reached; see <see cref="MappingTemplate"/>.</summary>
    public bool IsLimit { get; }
}
