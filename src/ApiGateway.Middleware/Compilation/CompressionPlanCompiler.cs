using ApiGateway.Middleware.Definitions;
using ApiGateway.Middleware.Snapshots;

namespace ApiGateway.Middleware.Compilation;

/// <summary>Checks what an API says of compression. Source: "Enable payload compression for an API in API Gateway".</summary>
internal static class CompressionPlanCompiler
{
    /// <returns>The plan, or <see langword="null"/> if bodies stay as they are in both directions.</returns>
    public static CompressionPlan? Compile(RestApiDefinition api, DefinitionOrigin origin, DefinitionErrors errors)
    {
        if (api.MinimumCompressionSize is not { } size)
        {
            if (api.BrotliCompression)
            {
                errors.Warn(
                    origin.Child(nameof(api.BrotliCompression)),
                    $"BrotliCompression has no effect while MinimumCompressionSize is not set. Set it, from 0 to {ManagedLimits.PayloadBytes}.");
            }

            return null;
        }

        if (size is < 0 or > ManagedLimits.PayloadBytes)
        {
            errors.Add(
                origin.Child(nameof(api.MinimumCompressionSize)),
                $"Invalid minimum compression size, must be between 0 and {ManagedLimits.PayloadBytes}, but it is {size}.");
            return null;
        }

        return new CompressionPlan(size, api.BrotliCompression);
    }
}
