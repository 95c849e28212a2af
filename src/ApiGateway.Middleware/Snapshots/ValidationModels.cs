namespace ApiGateway.Middleware.Snapshots;

/// <summary>The models of a method by the media type of the body.</summary>
/// <param name="exact">The media types by name. One without a model is not validated.</param>
/// <param name="ranges">Media types with a star, such as <c>application/*+json</c>; asked after the exact ones.</param>
/// <param name="other">The model of every other type, <c>$default</c>, or <see langword="null"/>.</param>
internal sealed class ValidationModels(
    KeyValuePair<string, ValidationModel?>[] exact, KeyValuePair<string, ValidationModel?>[] ranges, ValidationModel? other)
{
    private const string NoType = "application/json";

    /// <summary>Finds the model for a request, or <see langword="null"/> if its body is not validated.</summary>
    /// <param name="contentType">The request's <c>Content-Type</c>, with or without parameters; empty counts as JSON.</param>
    public ValidationModel? For(ReadOnlySpan<char> contentType)
    {
        var parameters = contentType.IndexOf(';');
        var type = (parameters < 0 ? contentType : contentType[..parameters]).Trim();
        if (type.IsEmpty)
        {
            type = NoType;
        }

        foreach (ref readonly var entry in exact.AsSpan())
        {
            if (type.Equals(entry.Key, StringComparison.OrdinalIgnoreCase))
            {
                return entry.Value;
            }
        }

        foreach (ref readonly var entry in ranges.AsSpan())
        {
            var star = entry.Key.IndexOf('*', StringComparison.Ordinal);
            if (type.Length >= entry.Key.Length
                && type.StartsWith(entry.Key.AsSpan(0, star), StringComparison.OrdinalIgnoreCase)
                && type.EndsWith(entry.Key.AsSpan(star + 1), StringComparison.OrdinalIgnoreCase))
            {
                return entry.Value;
            }
        }

        return other;
    }
}
