namespace ApiGateway.Middleware.Snapshots;

/// <summary>What a preflight of a resource is told, beside the origin.</summary>
/// <param name="AllowMethods">The value of <c>Access-Control-Allow-Methods</c>, or <see langword="null"/>.</param>
/// <param name="AllowHeaders">The value of <c>Access-Control-Allow-Headers</c>, or <see langword="null"/>.</param>
/// <param name="MaxAge">The value of <c>Access-Control-Max-Age</c>, or <see langword="null"/>.</param>
internal sealed record PreflightPlan(string? AllowMethods, string? AllowHeaders, string? MaxAge);
