namespace ApiGateway.Middleware.Languages.Schemas.Json;

/// <summary>A member of a JSON object.</summary>
internal readonly record struct JsonMember(string Name, JsonValue Value);
