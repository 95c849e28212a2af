using System.Text;
using ApiGateway.Middleware.Snapshots;

namespace ApiGateway.Middleware.Pipeline.Validation;

/// <summary>Does a body match its model? Knows nothing of HTTP, so that messages of any kind can be asked about.</summary>
internal static class BodyValidator
{
    // Both bound what a refusal costs: callers who send wrong bodies on purpose get no more work out of it than this.
    private const int MaxExplainedBytes = 256 * 1024;
    private const int MaxReasons = 8 * 1024;

    private const string Unexplained = "[body does not match the model, and is too long to say why]";

    /// <summary>Tells whether a body matches; an empty one counts as <c>{}</c>.</summary>
    public static bool IsValid(ValidationModel model, ReadOnlySpan<byte> body) =>
        body.IsEmpty ? model.AllowsNoBody : model.Schema!.IsValid(body);

    /// <summary>Gets why a body does not match, as <c>$context.error.validationErrorString</c> has it: in brackets.</summary>
    public static string Explain(ValidationModel model, ReadOnlySpan<byte> body)
    {
        if (body.Length > MaxExplainedBytes)
        {
            return Unexplained;
        }

        var messages = new List<string>();
        model.Schema!.Explain(body.IsEmpty ? "{}"u8 : body, messages);
        var text = new StringBuilder("[");
        foreach (var message in messages)
        {
            if (text.Length > 1 && text.Length + message.Length > MaxReasons)
            {
                break;
            }

            text.Append(text.Length > 1 ? ", " : "").Append(message);
        }

        return text.Append(']').ToString();
    }
}
