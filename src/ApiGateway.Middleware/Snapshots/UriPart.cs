namespace ApiGateway.Middleware.Snapshots;

/// <summary>A piece of an address: a text, or the value of a path variable or mapped parameter.</summary>
/// <param name="Text">The text; for a mapped parameter its placeholder, which stays where there is no value.</param>
/// <param name="Variable">The index of the path variable in its route, or -1.</param>
/// <param name="Parameter">The name of the integration's path parameter that comes first, or <see langword="null"/>.</param>
/// <param name="IsQueryValue">Whether the value must stay one value of the query.</param>
internal readonly record struct UriPart(string Text, int Variable, string? Parameter = null, bool IsQueryValue = false)
{
    private const int PathBelowStage = -2;

    /// <summary>Gets the place of the request's path below the stage, without its leading slash.</summary>
    public static UriPart RequestPath { get; } = new("", PathBelowStage);

    /// <summary>Gets whether this is the place of the request's path.</summary>
    public bool IsRequestPath => Variable == PathBelowStage;

    public static UriPart Literal(string text) => new(text, -1);

    public static UriPart PathVariable(int index) => new("", index);

    /// <summary>Makes the place of an integration's path parameter.</summary>
    /// <param name="name">The parameter.</param>
    /// <param name="index">The path variable that is implied if nothing is mapped, or -1.</param>
    public static UriPart PathParameter(string name, int index) => new($"{{{name}}}", index, name);
}
