using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace ApiGateway.Middleware.Languages.Templates.Parsing;

/// <summary>Turns a text into a template, or says why it is none.</summary>
internal static class TemplateCompiler
{
    public static bool TryCompile(
        string text,
        TemplateLimits limits,
        [NotNullWhen(true)] out Template? template,
        [NotNullWhen(false)] out TemplateSyntaxError? error)
    {
        template = null;
        if (Encoding.UTF8.GetByteCount(text) > limits.MaxTemplateBytes)
        {
            error = new(1, 1, $"The template has more than {limits.MaxTemplateBytes} bytes.");
            return false;
        }

        var state = new CompilationState(limits);
        try
        {
            var root = TemplateParser.ParseAll(new Cursor(text, state));
            state.LinkCalls();
            template = new(root, state.Names, limits);
            error = null;
            return true;
        }
        catch (SyntaxException e)
        {
            error = Locate(text, e);
            return false;
        }
    }

    private static TemplateSyntaxError Locate(string text, SyntaxException e)
    {
        var before = text.AsSpan(0, Math.Min(e.Position, text.Length));
        var line = before.Count('\n') + 1;
        return new(line, before.Length - before.LastIndexOf('\n'), e.Message);
    }
}
