using ApiGateway.Middleware.Snapshots;

namespace ApiGateway.Middleware.Context;

/// <summary>Which API a request is for.</summary>
/// <param name="Api">The API.</param>
/// <param name="Stage">The stage, or <see langword="null"/> if the API claims the request, but has no such stage or refuses this host.</param>
/// <param name="Start">Where the path starts in the raw target, mount included: at its last leading slash.</param>
/// <param name="ResourceStart">Where the resource path starts in the raw target: at its last leading slash.</param>
internal readonly record struct ApiMatch(ApiSnapshot Api, StageSnapshot? Stage, int Start, int ResourceStart);
