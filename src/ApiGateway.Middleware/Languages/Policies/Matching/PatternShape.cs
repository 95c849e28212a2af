namespace ApiGateway.Middleware.Languages.Policies.Matching;

/// <summary>How a <see cref="TextPattern"/> is matched, cheapest first.</summary>
internal enum PatternShape : byte
{
    /// <summary><c>*</c> alone.</summary>
    Anything,

    /// <summary>No wildcard, no variable.</summary>
    Exact,

    /// <summary>One <c>*</c>, at the end.</summary>
    Prefix,

    /// <summary>Wildcards, no variable.</summary>
    Glob,

    /// <summary>Variables, and perhaps wildcards.</summary>
    Template,
}
