namespace ApiGateway.Middleware.Languages.Templates;

/// <summary>Why a text is no template. Line and column count from 1.</summary>
internal sealed record TemplateSyntaxError(int Line, int Column, string Message)
{
    public override string ToString() => $"Line {Line}, column {Column}: {Message}";
}
