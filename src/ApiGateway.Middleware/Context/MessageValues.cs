using System.Text;
using ApiGateway.Middleware.Languages.Expressions;
using ApiGateway.Middleware.Languages.Values;
using Microsoft.Extensions.Primitives;

namespace ApiGateway.Middleware.Context;

/// <summary>Where the values of parameter mappings of HTTP APIs come from: one message, and what surrounds it.</summary>
internal abstract class MessageValues(GatewayContext context)
{
    /// <summary>With a path, no more of a body is looked at. Source: "Transform API requests and responses for HTTP APIs".</summary>
    private const int SearchedBytes = 100 * 1024;

    private JsonBody? _json;

    protected GatewayContext Context { get; } = context;

    protected abstract ReadOnlyMemory<byte> Body { get; }

    /// <summary>Finds a value.</summary>
    /// <param name="expression">The expression, stage variables filled in.</param>
    /// <param name="keepsEscapes">Whether path and path parameters stay as they were received.</param>
    /// <returns>The value, or <see langword="null"/> if the expression leads to nothing.</returns>
    public string? Find(MappingExpression expression, bool keepsEscapes = false)
    {
        if (expression.Constant is { } constant)
        {
            return constant;
        }

        if (!expression.IsTemplate)
        {
            return Find(expression.Parts[0], keepsEscapes);
        }

        var text = new StringBuilder();
        foreach (var part in expression.Parts)
        {
            text.Append(Find(part, keepsEscapes));
        }

        return text.ToString();
    }

    /// <summary>Finds what only one kind of message has.</summary>
    protected abstract string? FindOwn(ParameterExpression source, bool keepsEscapes);

    /// <summary>Joins several values of one name.</summary>
    protected static string? Joined(in StringValues values) => values.Count switch
    {
        0 => null,
        1 => values[0],
        _ => string.Join(',', values.ToArray()),
    };

    private string? Find(ParameterExpression source, bool keepsEscapes) => source.Kind switch
    {
        ParameterKind.Static => source.Name,
        ParameterKind.Context => ContextVariables.Find(Context, source.Name),
        ParameterKind.Body => Body.IsEmpty ? null : Encoding.UTF8.GetString(Body.Span),
        ParameterKind.BodyJsonPath => FindInBody(source.Path!),
        _ => FindOwn(source, keepsEscapes),
    };

    private string? FindInBody(JsonPath path)
    {
        _json ??= new JsonBody(Body.Length > SearchedBytes ? Body[..SearchedBytes] : Body);
        try
        {
            return _json.TryGetRoot(out var root) && path.TryEvaluate(root, out var found) && !found.IsNull
                ? found.Kind is ValueKind.Map or ValueKind.List ? found.ToJson() : found.ToText() : null;
        }
        catch (ValueLimitException)
        {
            return null;
        }
    }
}
