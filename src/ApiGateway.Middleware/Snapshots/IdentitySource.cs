namespace ApiGateway.Middleware.Snapshots;

/// <summary>Where an authorizer's identity is read.</summary>
/// <param name="Place">The place.</param>
/// <param name="Name">The name there; for <see cref="IdentityPlace.Constant"/> the value itself, empty if there is none.</param>
internal readonly record struct IdentitySource(IdentityPlace Place, string Name);
