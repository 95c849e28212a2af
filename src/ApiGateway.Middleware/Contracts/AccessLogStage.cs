namespace ApiGateway.Middleware.Contracts;

/// <summary>A stage whose requests are logged. The same object for all of them, as long as the definition does not change.</summary>
/// <param name="ApiId">The id of the API.</param>
/// <param name="ApiName">The name of the API.</param>
/// <param name="Name">The stage's name.</param>
/// <param name="DestinationArn">Where the managed service would write, or <see langword="null"/>.</param>
public sealed record AccessLogStage(string ApiId, string ApiName, string Name, string? DestinationArn);
