namespace ApiGateway.Middleware.Contracts;

/// <summary>The built-in steps of the gateway's pipeline, in the order in which a request passes them.</summary>
/// <remarks>Use them to say where a middleware of your own goes. The numbers leave room and are not part of the contract.</remarks>
public enum GatewayStep
{
    /// <summary>Is the request within the limits of size and form? Refuses with 400, 413, 414 or 431.</summary>
    Limits = 100,

    /// <summary>Which stage of which API is asked? Refuses with 403, with HTTP APIs 404, where an API was chosen by host, domain or mount.</summary>
    Stage = 200,

    /// <summary>Which method of which resource is asked? Refuses with 403 <c>Missing Authentication Token</c>, with HTTP APIs 404.</summary>
    Route = 400,

    /// <summary>Does the request to a WebSocket API ask for a connection? Refuses with 400, 414 or 426.</summary>
    Handshake = 450,

    /// <summary>Answers preflights of APIs with <c>Cors</c>, and puts the headers that browsers need on every other answer.</summary>
    Cors = 500,

    /// <summary>Is the route of an HTTP API within the limits of stage and gateway? Refuses with 429. REST APIs are asked later.</summary>
    EarlyThrottling = 550,

    /// <summary>Who is calling, and may they? Resource policies and authorizers. Refuses with 401, 403, 414 or 500.</summary>
    Authorization = 600,

    /// <summary>Answers preflights of an HTTP API's routes, where it has <c>CorsConfiguration</c>.</summary>
    Preflight = 700,

    /// <summary>Does the caller have an API key of a usage plan of the stage, where the method requires one? Refuses with 403.</summary>
    ApiKey = 900,

    /// <summary>Is the caller of a REST API within the limits of usage plan, stage and gateway, and within the quota? Refuses with 429.</summary>
    Throttling = 1000,

    /// <summary>Undoes the coding of request bodies and codes response bodies, where the API has <c>MinimumCompressionSize</c>. Refuses with 413 or 415.</summary>
    Compression = 1100,

    /// <summary>Are the required parameters there, and does the body match its model? Refuses with 400.</summary>
    Validation = 1200,

    /// <summary>Is the answer known? Gives cached answers, and keeps new ones, where a stage has a cache. Refuses with 403.</summary>
    Caching = 1300,

    /// <summary>Turns the request into that of the backend, and the backend's answer into that of the method. Refuses with 400, 415 or 500.</summary>
    Transformation = 1400,

    /// <summary>Asks the backend and hands its answer to the client.</summary>
    Integration = 1500,
}
