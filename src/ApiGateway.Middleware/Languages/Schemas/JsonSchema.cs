using System.Buffers;
using ApiGateway.Middleware.Languages.Schemas.Evaluation;
using ApiGateway.Middleware.Languages.Schemas.Explanation;
using ApiGateway.Middleware.Languages.Schemas.Json;
using ApiGateway.Middleware.Languages.Schemas.Loading;

namespace ApiGateway.Middleware.Languages.Schemas;

/// <summary>A compiled JSON Schema. Safe for parallel use.</summary>
/// <remarks>
/// Every member of a repeated name must match, and each counts for <c>minProperties</c> and <c>maxProperties</c>; only
/// comparisons (<c>enum</c>, <c>const</c>, <c>uniqueItems</c>) take the last one alone.
/// </remarks>
internal sealed class JsonSchema
{
    // Only to tell text that is nested too deep from text that is no JSON.
    private const int AnyDepth = 1024;

    private readonly SchemaPart _part;
    private readonly SchemaNode _node;
    private readonly SchemaLimits _limits;

    private JsonSchema(SchemaPart part, SchemaNode node, SchemaLimits limits)
    {
        _part = part;
        _node = node;
        _limits = limits;
    }

    /// <summary>Compiles a schema and all that it refers to, or returns <see langword="null"/> and what is wrong.</summary>
    /// <param name="utf8Schema">The JSON text of the schema.</param>
    /// <param name="registry">The documents that references may name.</param>
    /// <param name="options">Dialect, address and limits.</param>
    /// <param name="errors">Everything that is wrong, in no particular order.</param>
    public static JsonSchema? Compile(
        ReadOnlyMemory<byte> utf8Schema, SchemaRegistry registry, SchemaOptions options, out IReadOnlyList<SchemaError> errors)
    {
        var loader = new SchemaLoader(registry, options);
        var part = loader.Load(utf8Schema);
        var node = part is null || loader.Errors.Count > 0
            ? null
            : NodeBuilder.Build(part, options.Limits.MaxNodes);
        if (part is not null && loader.Errors.Count == 0 && node is null)
        {
            loader.AddError(
                "",
                $"the schema takes more than {options.Limits.MaxNodes} nodes.",
                "Put fewer large schemas together with 'allOf'.");
        }

        errors = [.. loader.Errors];
        return node is null ? null : new JsonSchema(part!, node, options.Limits);
    }

    /// <summary>Whether a body is well-formed JSON (RFC 8259, UTF-8) that matches the schema and keeps the limits.</summary>
    public bool IsValid(ReadOnlySpan<byte> body) => SchemaEvaluator.IsValid(body, _node, _limits);

    /// <inheritdoc cref="IsValid(ReadOnlySpan{byte})"/>
    public bool IsValid(in ReadOnlySequence<byte> body)
    {
        if (body.IsSingleSegment)
        {
            return IsValid(body.FirstSpan);
        }

        if (body.Length > _limits.MaxBodyBytes)
        {
            return false;
        }

        // Alternatives go back in the body, which is cheap in one piece only.
        var length = (int)body.Length;
        var buffer = ArrayPool<byte>.Shared.Rent(length);
        body.CopyTo(buffer);
        var valid = IsValid(buffer.AsSpan(0, length));
        ArrayPool<byte>.Shared.Return(buffer);
        return valid;
    }

    /// <summary>Adds the reasons why a body is refused; none if it is valid.</summary>
    public void Explain(ReadOnlySpan<byte> body, ICollection<string> messages)
    {
        if (IsValid(body))
        {
            return;
        }

        var count = messages.Count;
        if (body.Length > _limits.MaxBodyBytes)
        {
            messages.Add(FailureText.TooLarge);
            return;
        }

        if (JsonParser.Parse(body, _limits.MaxDepth) is not { } value)
        {
            messages.Add(JsonParser.Parse(body, AnyDepth) is not null ? FailureText.TooLarge : FailureText.Malformed);
            return;
        }

        new DocumentEvaluator(_limits, messages).IsValid(_part, value);
        if (messages.Count == count)
        {
            messages.Add(FailureText.TooLarge);
        }
    }

    /// <summary>All reasons in brackets, as <c>$context.error.validationErrorString</c> has them.</summary>
    public string Explain(ReadOnlySpan<byte> body)
    {
        var messages = new List<string>();
        Explain(body, messages);
        return $"[{string.Join(", ", messages)}]";
    }
}
