using System.Diagnostics.CodeAnalysis;
using ApiGateway.Middleware.Languages.Expressions;
using ApiGateway.Middleware.Languages.Values;

namespace ApiGateway.Middleware.Languages.Templates;

/// <summary>Reads what a mapped parameter takes from a payload, such as <c>method.request.body.a.b</c>.</summary>
internal static class BodyParameter
{
    /// <summary>Finds a path's value in a payload.</summary>
    /// <param name="body">The payload.</param>
    /// <param name="path">The path.</param>
    /// <param name="text">The value's text; lists and maps as JSON, null as empty text.</param>
    /// <returns><see langword="false"/> if the payload is no JSON or the path leads nowhere.</returns>
    /// <exception cref="TemplateLimitException">The search or its result is too large.</exception>
    public static bool TryRead(JsonBody body, JsonPath path, [NotNullWhen(true)] out string? text)
    {
        text = null;
        try
        {
            if (body.TryGetRoot(out var root) && path.TryEvaluate(root, out var found))
            {
                text = found.Kind is ValueKind.List or ValueKind.Map ? found.ToJson() : found.ToText();
            }
        }
        catch (ValueLimitException e)
        {
            throw new TemplateLimitException(e.Message, e);
        }

        return text is not null;
    }
}
