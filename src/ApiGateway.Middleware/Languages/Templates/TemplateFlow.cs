namespace ApiGateway.Middleware.Languages.Templates;

/// <summary>How a rendering goes on.</summary>
internal enum TemplateFlow : byte
{
    Next,
    Break,
    Stop,
}
