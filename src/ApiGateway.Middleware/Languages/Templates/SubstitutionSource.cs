namespace ApiGateway.Middleware.Languages.Templates;

/// <summary>Supplies the values of a <see cref="SubstitutionTemplate"/>.</summary>
internal abstract class SubstitutionSource
{
    /// <summary>Looks a variable up.</summary>
    /// <param name="kind">What the variable belongs to.</param>
    /// <param name="name">Its name there; of the context the whole path, such as <c>identity.sourceIp</c>.</param>
    /// <returns>The text, or null or empty text if there is none.</returns>
    public abstract string? Find(SubstitutionKind kind, string name);
}
