using System.Text;
using ApiGateway.Middleware.Buffers;
using ApiGateway.Middleware.Languages.Templates;
using ApiGateway.Middleware.Languages.Templates.Variables;
using ApiGateway.Middleware.Languages.Values;

namespace ApiGateway.Testing;

/// <summary>Renders mapping templates as the gateway does, so that they can be tested without one.</summary>
/// <remarks>
/// <para>The language is the part of Velocity that Amazon API Gateway has; the guide "Templates" lists it.</para>
/// <para>
/// The limits are those of requests: a template of 300 KiB, 1,000 rounds of one <c>#foreach</c>, 20 levels of loops and macros, 10,000
/// elements of a range, texts and output of 10 MiB, 5,000,000 steps, 2 seconds. Beyond them, a rendering ends with a
/// <see cref="TemplateRenderingException"/>; a template that is too long is a <see cref="TemplateSyntaxException"/>.
/// </para>
/// </remarks>
public static class MappingTemplate
{
    private const int LowestStatus = 100;
    private const int HighestStatus = 599;

    /// <summary>Renders a template for an empty request.</summary>
    /// <param name="template">The template's text.</param>
    /// <returns>What the template made.</returns>
    /// <exception cref="TemplateSyntaxException">The text is no template.</exception>
    /// <exception cref="TemplateRenderingException">The template asked for something that cannot be done, or went beyond a limit.</exception>
    public static TemplateResult Render(string template) => Render(template, new TemplateRequest());

    /// <summary>Renders a template for a request of which no <c>$context</c> is known.</summary>
    /// <param name="template">The template's text.</param>
    /// <param name="request">The request, or for a response template what the backend answered.</param>
    /// <returns>What the template made.</returns>
    /// <exception cref="TemplateSyntaxException">The text is no template.</exception>
    /// <exception cref="TemplateRenderingException">The template asked for something that cannot be done, or went beyond a limit.</exception>
    public static TemplateResult Render(string template, TemplateRequest request) => Render(template, request, new TemplateContext());

    /// <summary>Renders a template.</summary>
    /// <param name="template">The template's text.</param>
    /// <param name="request">The request, or for a response template what the backend answered.</param>
    /// <param name="context">The values of <c>$context</c>.</param>
    /// <returns>What the template made.</returns>
    /// <exception cref="TemplateSyntaxException">The text is no template.</exception>
    /// <exception cref="TemplateRenderingException">The template asked for something that cannot be done, or went beyond a limit.</exception>
    /// <exception cref="ArgumentException">A name in <paramref name="context"/> is a value and has members at the same time.</exception>
    public static TemplateResult Render(string template, TemplateRequest request, TemplateContext context)
    {
        ArgumentNullException.ThrowIfNull(template);
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(context);

        if (!Template.TryParse(template, TemplateLimits.Default, out var compiled, out var error))
        {
            throw new TemplateSyntaxException(error.Line, error.Column, error.Message);
        }

        var overrides = new ContextOverrides();
        var scope = new GatewayScope(
            new InputObject(new JsonBody(Encoding.UTF8.GetBytes(request.Body)), new DictionaryParameters(request)),
            new ContextObject(new DottedObject(context.Values), overrides),
            new StageVariablesObject(new Dictionary<string, string>(request.StageVariables, StringComparer.Ordinal)));
        using var output = new PooledBufferWriter();
        try
        {
            compiled.Render(scope, output);
        }
        catch (TemplateLimitException exception)
        {
            throw new TemplateRenderingException(exception.Message, isLimit: true, exception);
        }
        catch (TemplateRenderException exception)
        {
            throw new TemplateRenderingException(exception.Message, isLimit: false, exception);
        }

        return new TemplateResult(Encoding.UTF8.GetString(output.WrittenSpan))
        {
            Status = StatusOf(overrides.Response.Get("status")),
            ResponseHeaders = LinesOf(overrides.Response.Get("header")),
            RequestHeaders = LinesOf(overrides.Request.Get("header")),
            RequestQuery = TextsOf(overrides.Request.Get("querystring")),
            RequestPath = TextsOf(overrides.Request.Get("path")),
        };
    }

    private static int? StatusOf(Value value) =>
        value.TryGetInteger(out var status) && status is >= LowestStatus and <= HighestStatus && value.Double == status ? (int)status : null;

    private static Dictionary<string, string> TextsOf(Value value)
    {
        var texts = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, member) in value.Map is { } map ? map.Entries : [])
        {
            texts[name] = member.ToText();
        }

        return texts;
    }

    private static Dictionary<string, IReadOnlyList<string>> LinesOf(Value value)
    {
        var headers = new Dictionary<string, IReadOnlyList<string>>(StringComparer.OrdinalIgnoreCase);
        foreach (var (name, member) in value.Map is { } map ? map.Entries : [])
        {
            headers[name] = LinesOfHeader(member);
        }

        return headers;
    }

    private static string[] LinesOfHeader(Value value)
    {
        if (value.List is not { } list)
        {
            return [value.ToText()];
        }

        var lines = new string[list.Count];
        for (var i = 0; i < lines.Length; i++)
        {
            lines[i] = list[i].ToText();
        }

        return lines;
    }
}
