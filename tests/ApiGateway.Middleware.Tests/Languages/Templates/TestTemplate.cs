using System.Text;
using ApiGateway.Middleware.Buffers;
using ApiGateway.Middleware.Languages.Templates;

namespace ApiGateway.Middleware.Tests.Languages.Templates;

/// <summary>Compiles and renders in one go.</summary>
internal static class TestTemplate
{
    public static Template Parse(string text, TemplateLimits? limits = null) =>
        Template.TryParse(text, limits ?? TemplateLimits.Default, out var template, out var error)
            ? template
            : throw new InvalidOperationException(error.ToString());

    public static TemplateSyntaxError? Error(string text, TemplateLimits? limits = null)
    {
        Template.TryParse(text, limits ?? TemplateLimits.Default, out _, out var error);
        return error;
    }

    public static string Render(string text, string body = "", TemplateLimits? limits = null) =>
        Render(Parse(text, limits), new TestScope(body));

    public static string Render(Template template, TemplateScope scope)
    {
        using var output = new PooledBufferWriter();
        template.Render(scope, output);
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }
}
