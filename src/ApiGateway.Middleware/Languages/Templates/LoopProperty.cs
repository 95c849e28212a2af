namespace ApiGateway.Middleware.Languages.Templates;

/// <summary>What <c>$foreach</c> tells.</summary>
internal enum LoopProperty
{
    None,
    Index,
    Count,
    HasNext,
    First,
    Last,
    Parent,
    Topmost,
}
