using ApiGateway.Middleware.Snapshots;

namespace ApiGateway.Middleware.Context;

/// <summary>Which API a request is for.</summary>
/// <param name="Api">The API.</param>
/// <param name="Stage">The stage, or <see langword="null"/> if the API claims the request, but has no such stage or refuses this host.</param>
/// <param name="Start">Where the path starts in the raw target, mount included: at its last leading slash.</param>
/// <param name="ResourceStart">Where the resource path starts in the raw target: at its last leading slash.</param>
internal readonly record struct ApiMatch(ApiSnapshot Api, StageSnapshot? Stage, int Start, int ResourceStart)
{
    /// <summary>Gets the mapping that was found, or <see langword="null"/> where none was.</summary>
    public ApiMapping? Mapping { get; init; }

    /// <summary>Gets whether the API has this request only because it has all that nobody else names: what it has no route for
    /// is the application's, as it is without a gateway.</summary>
    public bool IsShared { get; init; }
}
