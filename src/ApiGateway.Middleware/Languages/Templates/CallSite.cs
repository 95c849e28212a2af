using System.Text.RegularExpressions;
using ApiGateway.Middleware.Languages.Expressions;

namespace ApiGateway.Middleware.Languages.Templates;

/// <summary>A place in a template that calls a method. Remembers what it last compiled, which for a literal is all it ever needs.</summary>
/// <remarks>Any number of threads may use it: what is remembered is replaced as a whole.</remarks>
internal sealed class CallSite(string name)
{
    private CompiledPath? _path;
    private CompiledRegex? _regex;

    public string Name { get; } = name;

    public TemplateMethod Method { get; } = TemplateMethods.Find(name);

    /// <summary>Compiles a JSONPath expression, or returns null if it is malformed.</summary>
    public JsonPath? GetPath(string text)
    {
        var last = _path;
        if (last is null || last.Text != text)
        {
            _path = last = new(text, JsonPathCache.Get(text));
        }

        return last.Path;
    }

    /// <summary>Compiles a regular expression.</summary>
    public Regex GetRegex(string pattern, bool whole)
    {
        var last = _regex;
        if (last is null || last.Pattern != pattern)
        {
            if (!JavaRegex.TryCompile(pattern, whole, ignoreCase: false, out var regex))
            {
                throw new TemplateRenderException($"An argument of '{Name}' is no regular expression.");
            }

            _regex = last = new(pattern, regex);
        }

        return last.Regex;
    }

    private sealed record CompiledPath(string Text, JsonPath? Path);

    private sealed record CompiledRegex(string Pattern, Regex Regex);
}
