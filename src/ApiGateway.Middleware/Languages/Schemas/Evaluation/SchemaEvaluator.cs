using System.Runtime.CompilerServices;
using System.Text.Unicode;
using ApiGateway.Middleware.Languages.Json;
using ApiGateway.Middleware.Languages.Schemas.Json;

namespace ApiGateway.Middleware.Languages.Schemas.Evaluation;

/// <summary>Judges one body in one forward pass over its bytes.</summary>
/// <remarks>
/// Every method that judges a value begins at its first byte and, if it returns true, has read all of it as well-formed JSON.
/// After false the position means nothing.
/// </remarks>
internal ref partial struct SchemaEvaluator
{
    private readonly ReadOnlySpan<byte> _json;
    private readonly SchemaLimits _limits;
    private readonly int _maxDepth;
    private int _position;
    private int _depth;

    // A container counts for its items and for one of its two ends; its parent, or the start, counts the other.
    private int _tokens = 1;

    private long _replayBytes;

    // Set where the answer is "no" for the whole body, whatever alternative or negation is being tried.
    private bool _refused;

    private SchemaEvaluator(ReadOnlySpan<byte> json, SchemaLimits limits)
    {
        _json = json;
        _limits = limits;
        _maxDepth = limits.MaxDepth;
    }

    public static bool IsValid(ReadOnlySpan<byte> json, SchemaNode root, SchemaLimits limits)
    {
        if (json.Length > limits.MaxBodyBytes || !Utf8.IsValid(json))
        {
            return false;
        }

        var evaluator = new SchemaEvaluator(json, limits);
        evaluator.SkipWhiteSpace();
        if (!evaluator.Value(root) || evaluator._refused)
        {
            return false;
        }

        evaluator.SkipWhiteSpace();
        return evaluator._position == json.Length && evaluator._tokens <= limits.MaxTokens;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void SkipWhiteSpace() => _position = JsonScanner.SkipWhiteSpace(_json, _position);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool Value(SchemaNode node) => node.Composite is null ? Plain(node) : Composite(node, node.Composite);

    private bool Plain(SchemaNode node)
    {
        var json = _json;
        var position = _position;
        if ((uint)position >= (uint)json.Length)
        {
            return false;
        }

        switch (json[position])
        {
            case (byte)'"':
                return (node.Types & JsonTypes.String) != JsonTypes.None && String(node);
            case (byte)'{':
                return (node.Types & JsonTypes.Object) != JsonTypes.None && Object(node.Objects);
            case (byte)'[':
                return (node.Types & JsonTypes.Array) != JsonTypes.None && Array(node.Arrays);
            case (byte)'t':
                return (node.Types & JsonTypes.Boolean) != JsonTypes.None
                    && node.Enum is not { AllowsTrue: false } && Literal("true"u8);
            case (byte)'f':
                return (node.Types & JsonTypes.Boolean) != JsonTypes.None
                    && node.Enum is not { AllowsFalse: false } && Literal("false"u8);
            case (byte)'n':
                return (node.Types & JsonTypes.Null) != JsonTypes.None && Literal("null"u8);
            default:
                return Number(node);
        }
    }

    // Replays set the count back, so each token counts once.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool EndContainer(int tokens)
    {
        _depth--;
        return (_tokens += tokens + 1) <= _limits.MaxTokens || Refuse();
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool Refuse()
    {
        _refused = true;
        return false;
    }
}
