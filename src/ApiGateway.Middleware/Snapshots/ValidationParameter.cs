namespace ApiGateway.Middleware.Snapshots;

/// <summary>A parameter that a request must have.</summary>
/// <param name="Place">Where it stands.</param>
/// <param name="Name">Its name; the case of a header's does not count.</param>
/// <param name="Variable">The number of the route's path variable, or -1 if the path has none of this name and the parameter is always missing.</param>
internal readonly record struct ValidationParameter(ValidationPlace Place, string Name, int Variable = -1);
