namespace ApiGateway.Middleware.Contracts;

/// <summary>What becomes of a request with <c>Cache-Control: max-age=0</c> whose caller may not invalidate the cache.</summary>
public enum UnauthorizedCacheControlStrategy
{
    /// <summary><c>SUCCEED_WITH_RESPONSE_HEADER</c>: it is served as any other, and a header <c>Warning</c> says so.</summary>
    SucceedWithResponseHeader,

    /// <summary><c>SUCCEED_WITHOUT_RESPONSE_HEADER</c>: it is served as any other.</summary>
    SucceedWithoutResponseHeader,

    /// <summary><c>FAIL_WITH_403</c>: it is refused.</summary>
    FailWith403,
}
