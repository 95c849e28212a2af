namespace ApiGateway.Middleware.Languages.Policies.Matching;

/// <summary>What is special in a pattern.</summary>
[Flags]
internal enum PatternSyntax
{
    /// <summary>Every character stands for itself.</summary>
    Literal = 0,

    /// <summary><c>*</c> for any run of characters, <c>?</c> for one UTF-16 unit.</summary>
    Wildcards = 1,

    /// <summary><c>${…}</c>, as version 2012-10-17 has it.</summary>
    Variables = 2,

    /// <summary>Case does not count.</summary>
    IgnoreCase = 4,
}
