using Microsoft.Extensions.Configuration;

namespace ApiGateway.Middleware.FunctionalTests.Harness;

/// <summary>A configuration source that a test changes without a file.</summary>
internal sealed class ManualSettings : ConfigurationProvider, IConfigurationSource
{
    public IConfigurationProvider Build(IConfigurationBuilder builder) => this;

    public void Change(params ReadOnlySpan<(string Key, string? Value)> settings)
    {
        var data = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);
        foreach (var (key, value) in settings)
        {
            data["ApiGateway:" + key] = value;
        }

        // One write: a reader sees the old settings or the new ones.
        Data = data;
        OnReload();
    }
}
