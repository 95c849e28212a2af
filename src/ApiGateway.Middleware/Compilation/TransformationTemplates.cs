using ApiGateway.Middleware.Definitions;
using ApiGateway.Middleware.Languages.Templates;
using ApiGateway.Middleware.Snapshots;

namespace ApiGateway.Middleware.Compilation;

/// <summary>The body templates of one API: each text is compiled once, however many methods and stages use it.</summary>
internal sealed class TransformationTemplates(TemplateLimits limits, bool isExact, DefinitionErrors errors)
{
    private readonly Dictionary<string, Template?> _compiled = new(StringComparer.Ordinal);
    private readonly HashSet<DefinitionOrigin> _told = [];

    public TemplateSet Compile(IDictionary<string, string> templates, DefinitionOrigin origin)
    {
        if (templates.Count == 0)
        {
            return TemplateSet.Empty;
        }

        var set = new List<MappingTemplate>();
        foreach (var (type, text) in templates)
        {
            set.Add(new MappingTemplate(type, Compile(text, origin.Child(type)), ConstantOf(text)));
        }

        return new TemplateSet([.. set]);
    }

    /// <summary>Gets the result of a text in which there is nothing to work out, or <see langword="null"/>.</summary>
    private static string? ConstantOf(string text) => text.AsSpan().ContainsAny('$', '#') ? null : text.Trim();

    private Template? Compile(string text, DefinitionOrigin origin)
    {
        if (!_compiled.TryGetValue(text, out var template))
        {
            // The managed service cuts off the space around a template.
            _compiled[text] = template = Template.TryParse(text.Trim(), limits, out var parsed, out _) ? parsed : null;
        }

        if (template is null && _told.Add(origin) && !Template.TryParse(text, limits, out _, out var error))
        {
            Refuse(origin, error);
        }

        return template;
    }

    // What Amazon API Gateway accepts at import never stops the host.
    private void Refuse(DefinitionOrigin origin, TemplateSyntaxError error)
    {
        var message = $"The template cannot be read. {error}";
        if (isExact)
        {
            errors.Warn(origin, message + " Requests that need it will fail with 500.");
        }
        else
        {
            errors.Add(origin, message);
        }
    }
}
