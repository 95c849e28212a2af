namespace ApiGateway.Middleware.Languages.Policies.Matching;

/// <summary>A piece of a pattern with variables: tokens, or a variable.</summary>
/// <param name="Tokens">Characters and wildcards; empty for a variable.</param>
/// <param name="Key">The key of a variable.</param>
/// <param name="Default">What stands for a variable that has no value, or <see langword="null"/>.</param>
internal sealed record PatternPart(int[] Tokens, PolicyKey? Key, string? Default);
