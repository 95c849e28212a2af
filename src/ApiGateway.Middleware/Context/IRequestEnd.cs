namespace ApiGateway.Middleware.Context;

/// <summary>What a step has to do when the answer has ended, however it ended. The entry alone awaits the whole chain.</summary>
internal interface IRequestEnd
{
    /// <summary>Called once, while the context is still the request's. Must not throw.</summary>
    void Ended(GatewayContext context);
}
