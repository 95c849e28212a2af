using System.Diagnostics.CodeAnalysis;

namespace ApiGateway.Middleware.Languages.Expressions;

/// <summary>The value of a parameter mapping of HTTP APIs: <c>$request.header.name</c>, a text, or a text with <c>${...}</c> in it.</summary>
/// <remarks>Source: "Transform API requests and responses for HTTP APIs" in the Amazon API Gateway developer guide.</remarks>
/// <param name="Parts">Texts and sources in the order of the value; one if the value is a text or a source as a whole.</param>
/// <param name="IsTemplate">Whether it has braces: a source that leads to nothing is then an empty text, not the absence of a value.</param>
internal sealed record MappingExpression(ParameterExpression[] Parts, bool IsTemplate)
{
    /// <summary>Gets the value if it does not depend on the request.</summary>
    public string? Constant => Parts is [{ Kind: ParameterKind.Static } only] ? only.Name : null;

    /// <summary>Gets whether a part comes from the body.</summary>
    public bool ReadsBody => Array.Exists(Parts, static part => part.Kind is ParameterKind.Body or ParameterKind.BodyJsonPath);

    /// <summary>Parses a value.</summary>
    /// <param name="text">The value.</param>
    /// <param name="isResponse">Whether it is part of a response mapping, which sees the response instead of the request.</param>
    /// <param name="expression">Receives the value.</param>
    /// <param name="error">Receives what is wrong.</param>
    public static bool TryParse(
        string text, bool isResponse, [NotNullWhen(true)] out MappingExpression? expression, [NotNullWhen(false)] out string? error) =>
        new MappingExpressionParser(isResponse).TryParse(text, out expression, out error);

    /// <summary>Puts texts in the place of stage variables; a variable that does not exist is an empty text.</summary>
    public MappingExpression Fill(IReadOnlyDictionary<string, string> variables)
    {
        var parts = new List<ParameterExpression>();
        foreach (var part in Parts)
        {
            var filled = part.Kind == ParameterKind.StageVariable
                ? new ParameterExpression(ParameterKind.Static, variables.GetValueOrDefault(part.Name, "")) : part;
            if (filled.Kind == ParameterKind.Static && parts is [.., { Kind: ParameterKind.Static } last])
            {
                parts[^1] = last with { Name = last.Name + filled.Name };
            }
            else
            {
                parts.Add(filled);
            }
        }

        return new MappingExpression([.. parts], IsTemplate);
    }
}
