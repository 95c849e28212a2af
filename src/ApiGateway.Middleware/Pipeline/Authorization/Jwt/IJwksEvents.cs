namespace ApiGateway.Middleware.Pipeline.Authorization.Jwt;

/// <summary>Hears what happens to key sets apart from any request.</summary>
internal interface IJwksEvents
{
    /// <summary>A fetch has failed.</summary>
    /// <param name="issuer">The issuer.</param>
    /// <param name="hasKeys">Whether older keys are still in use.</param>
    /// <param name="exception">Why.</param>
    void Failed(string issuer, bool hasKeys, Exception exception);

    /// <summary>Some keys of a set cannot be used.</summary>
    /// <param name="issuer">The issuer.</param>
    /// <param name="reasons">Why, for each.</param>
    void Dropped(string issuer, IReadOnlyList<string> reasons);
}
