using System.Collections.Frozen;
using ApiGateway.Middleware.Languages.Expressions;

namespace ApiGateway.Middleware.Snapshots;

/// <summary>The models of a route's messages by what its selection expression gives.</summary>
/// <param name="selection">The expression.</param>
/// <param name="models">The models by key; one that is <see langword="null"/> takes every JSON.</param>
internal sealed class MessageModels(SelectionExpression selection, FrozenDictionary<string, ValidationModel?> models)
{
    private const string Default = "$default";

    private readonly FrozenDictionary<string, ValidationModel?>.AlternateLookup<ReadOnlySpan<char>> _byKey =
        models.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>Finds the model of a message.</summary>
    /// <param name="message">The message.</param>
    /// <param name="model">The model, or <see langword="null"/> if all JSON will do.</param>
    /// <returns>Whether there is one. A message without is refused.</returns>
    public bool TryFind(ReadOnlySpan<byte> message, out ValidationModel? model)
    {
        var key = new TextBuilder(stackalloc char[128]);
        try
        {
            selection.Evaluate(message, null, ref key);
            return _byKey.TryGetValue(key.Text, out model) || models.TryGetValue(Default, out model);
        }
        finally
        {
            key.Dispose();
        }
    }
}
