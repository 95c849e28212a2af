namespace ApiGateway.Middleware.Languages.Templates;

/// <summary>What a variable of a <see cref="SubstitutionTemplate"/> belongs to.</summary>
internal enum SubstitutionKind
{
    Context,
    StageVariable,
    Header,
    QueryString,
    Path,
}
