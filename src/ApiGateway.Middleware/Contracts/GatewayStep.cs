namespace ApiGateway.Middleware.Contracts;

/// <summary>The built-in steps of the gateway's pipeline, in the order in which a request passes them.</summary>
/// <remarks>Use them to say where a middleware of your own goes. The numbers leave room and are not part of the contract.</remarks>
public enum GatewayStep
{
    /// <summary>Is the request within the limits of size and form? Refuses with 400, 413, 414 or 431.</summary>
    Limits = 100,

    /// <summary>Which stage of which API is asked? Refuses with 403 where an API was chosen by host, domain or mount.</summary>
    Stage = 200,

    /// <summary>Which method of which resource is asked? Refuses with 403 <c>Missing Authentication Token</c>.</summary>
    Route = 400,

    /// <summary>Asks the backend and hands its answer to the client.</summary>
    Integration = 1500,
}
