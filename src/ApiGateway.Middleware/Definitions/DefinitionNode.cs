namespace ApiGateway.Middleware.Definitions;

/// <summary>A part of a definition that knows where it was written.</summary>
public abstract class DefinitionNode
{
    /// <summary>Gets or sets where this part was written, or <see langword="null"/> to derive it from the part above.</summary>
    public DefinitionOrigin? Origin { get; set; }
}
