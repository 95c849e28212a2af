namespace ApiGateway.Middleware.Languages.Values;

/// <summary>A value of a JSON text: where it lies, and under which name.</summary>
internal struct JsonToken
{
    /// <summary>The place of the name in its map, without quotes; the name of a list's item is empty.</summary>
    public int NameStart;
    public int NameLength;

    /// <summary>The place of the value, of a text without its quotes.</summary>
    public int Start;
    public int Length;

    /// <summary>The token after the value and everything below it.</summary>
    public int Next;

    /// <summary>How many items or members there are directly below.</summary>
    public int Count;

    public ValueKind Kind;

    /// <summary>Whether it cannot be used as it lies there: a text with escapes, a map whose names have some, or that is large.</summary>
    public bool IsIndirect;
}
