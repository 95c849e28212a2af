using System.Collections.Frozen;

namespace ApiGateway.Middleware.Snapshots;

/// <summary>How a route of an HTTP API changes single parameters of requests and responses.</summary>
/// <param name="request">What changes on the way to the integration, in the order of application.</param>
/// <param name="responses">What changes on the way back, by the status of the integration.</param>
internal sealed class ParameterMappingPlan(ParameterChange[] request, FrozenDictionary<int, ParameterChange[]> responses)
{
    public ParameterChange[] Request { get; } = request;

    /// <summary>Gets whether a value of the request comes from its body, so that the body has to be in memory.</summary>
    public bool ReadsRequestBody { get; } = Array.Exists(request, static change => change.ReadsBody);

    /// <summary>Gets whether a value of a response comes from its body, so that bodies have to be in memory.</summary>
    public bool ReadsResponseBody { get; } = responses.Values.Any(static changes => Array.Exists(changes, static change => change.ReadsBody));

    /// <summary>Gets whether any response changes.</summary>
    public bool ChangesResponses { get; } = responses.Count > 0;

    /// <summary>Finds what changes in a response, or <see langword="null"/>.</summary>
    /// <param name="status">The status of the integration.</param>
    public ParameterChange[]? ForResponse(int status) => responses.GetValueOrDefault(status);
}
