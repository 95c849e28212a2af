using System.Diagnostics.CodeAnalysis;

namespace ApiGateway.Middleware.Languages.Expressions;

/// <summary>A selection expression of a WebSocket API: what gives the key of a message's route, model or template.</summary>
/// <remarks>Source: "API Gateway WebSocket selection expressions". Values are put in once: what they contain is not read again.</remarks>
internal sealed class SelectionExpression
{
    /// <summary>The text <c>$default</c>.</summary>
    public static readonly SelectionExpression Default = new([new SelectionPart(SelectionPartKind.Text, "$default", [])]);

    private readonly SelectionPart[] _parts;

    private SelectionExpression(SelectionPart[] parts)
    {
        _parts = parts;
        Constant = parts switch
        {
            [] => "",
            [{ Kind: SelectionPartKind.Text } only] => only.Text,
            _ => null,
        };
        ReadsRequestBody = Array.Exists(parts, static part => part.Kind == SelectionPartKind.RequestBody);
    }

    /// <summary>Gets the value where it does not depend on message and answer, or <see langword="null"/>.</summary>
    public string? Constant { get; }

    /// <summary>Gets whether the value depends on the message.</summary>
    public bool ReadsRequestBody { get; }

    /// <summary>Reads an expression.</summary>
    /// <param name="text">The expression.</param>
    /// <param name="roots">What its variables may name.</param>
    /// <param name="expression">The expression.</param>
    /// <param name="error">What is wrong, and what is allowed.</param>
    public static bool TryParse(string text, SelectionRoots roots, [NotNullWhen(true)] out SelectionExpression? expression, [NotNullWhen(false)] out string? error)
    {
        expression = SelectionParser.TryParse(text, roots, out var parts, out error) ? new SelectionExpression(parts) : null;
        return expression is not null;
    }

    /// <summary>Writes the value for a message and an answer; the values of a message that is not JSON are empty.</summary>
    /// <param name="body">The message.</param>
    /// <param name="source">The answer of the integration, where the expression may name it.</param>
    /// <param name="target">Takes the value.</param>
    public void Evaluate(ReadOnlySpan<byte> body, ISelectionSource? source, ref TextBuilder target)
    {
        foreach (var part in _parts)
        {
            switch (part.Kind)
            {
                case SelectionPartKind.Text:
                    target.Append(part.Text);
                    break;
                case SelectionPartKind.RequestBody:
                    if (MessageJson.TryFind(body, part.Path, out var value))
                    {
                        SelectionValue.Write(value, ref target);
                    }

                    break;
                default:
                    Append(part, source, ref target);
                    break;
            }
        }
    }

    /// <summary>Writes the value for a message; <see langword="false"/> for what is not JSON by the letter of RFC 8259.</summary>
    /// <param name="body">The message.</param>
    /// <param name="target">Takes the value.</param>
    public bool TryEvaluate(ReadOnlySpan<byte> body, ref TextBuilder target)
    {
        // The usual case reads the message once, for both questions.
        if (_parts is [{ Kind: SelectionPartKind.RequestBody } only])
        {
            if (!MessageJson.TryFind(body, only.Path, out var value))
            {
                return false;
            }

            SelectionValue.Write(value, ref target);
            return true;
        }

        if (!MessageJson.IsJson(body))
        {
            return false;
        }

        Evaluate(body, null, ref target);
        return true;
    }

    private static void Append(SelectionPart part, ISelectionSource? source, ref TextBuilder target)
    {
        if (source is null)
        {
            return;
        }

        switch (part.Kind)
        {
            case SelectionPartKind.Status:
                Span<char> digits = stackalloc char[11];
                source.StatusCode.TryFormat(digits, out var length, provider: System.Globalization.CultureInfo.InvariantCulture);
                target.Append(digits[..length]);
                break;
            case SelectionPartKind.Header:
                target.Append(source.Header(part.Text));
                break;
            default:
                target.Append(source.Headers(part.Text));
                break;
        }
    }
}
