namespace ApiGateway.Middleware.Languages.Schemas;

/// <summary>Something wrong with a schema.</summary>
/// <param name="Pointer">JSON pointer of the place; an address and <c>#</c> stand before it in other documents.</param>
/// <param name="Rule">The rule that is broken, with the value found.</param>
/// <param name="Cure">What to do about it.</param>
internal readonly record struct SchemaError(string Pointer, string Rule, string Cure)
{
    public override string ToString() => $"Schema at '{Pointer}': {Rule} {Cure}";
}
