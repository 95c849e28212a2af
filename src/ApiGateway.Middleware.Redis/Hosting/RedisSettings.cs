using Microsoft.Extensions.Configuration;

namespace ApiGateway.Middleware.Redis.Hosting;

/// <summary>The section that <see cref="RedisOptions"/> are read from.</summary>
/// <param name="Section">The section, or <see langword="null"/> without configuration.</param>
internal sealed record RedisSettings(IConfigurationSection? Section);
