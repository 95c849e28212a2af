namespace ApiGateway.Middleware.Snapshots;

/// <summary>A piece of an address: a text, or the value of a path variable.</summary>
/// <param name="Text">The text, or empty.</param>
/// <param name="Variable">The index of the path variable in its route, or -1.</param>
internal readonly record struct UriPart(string Text, int Variable)
{
    public static UriPart Literal(string text) => new(text, -1);

    public static UriPart PathVariable(int index) => new("", index);
}
