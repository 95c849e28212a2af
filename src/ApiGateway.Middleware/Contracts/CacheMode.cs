namespace ApiGateway.Middleware.Contracts;

/// <summary>What cached answers depend on where a definition says nothing, and which answers are kept.</summary>
public enum CacheMode
{
    /// <summary>
    /// By host, path and, on methods that authorize, by caller, besides the key parameters; requests with a body or with credentials that
    /// are not in the key pass. Answers with <c>Set-Cookie</c>, with a status from 400 on, and those that their backend calls private or
    /// varying are not kept.
    /// </summary>
    Safe,

    /// <summary>By the key parameters alone, and every answer of an integration is kept, as in Amazon API Gateway.</summary>
    Exact,
}
