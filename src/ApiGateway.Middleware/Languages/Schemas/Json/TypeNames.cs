namespace ApiGateway.Middleware.Languages.Schemas.Json;

/// <summary>Names of types as schemas and messages have them.</summary>
internal static class TypeNames
{
    // In alphabetical order, as messages list them.
    private static readonly (string Name, JsonTypes Type)[] All =
    [
        ("array", JsonTypes.Array),
        ("boolean", JsonTypes.Boolean),
        ("integer", JsonTypes.Integer),
        ("null", JsonTypes.Null),
        ("number", JsonTypes.Number),
        ("object", JsonTypes.Object),
        ("string", JsonTypes.String),
    ];

    /// <summary>The types that a schema means by <paramref name="name"/>: a number may be an integer.</summary>
    public static JsonTypes? Find(string name)
    {
        if (name == "number")
        {
            return JsonTypes.Number | JsonTypes.Integer;
        }

        foreach (var (candidate, type) in All)
        {
            if (candidate == name)
            {
                return type;
            }
        }

        return null;
    }

    /// <summary>The names of the types in a set.</summary>
    public static IEnumerable<string> Of(JsonTypes types) =>
        All.Where(entry => (types & entry.Type) != JsonTypes.None).Select(entry => entry.Name);
}
