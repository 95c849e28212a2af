using System.Globalization;
using Microsoft.Extensions.Configuration;

namespace ApiGateway.Middleware.Hosting;

/// <summary>Reads <see cref="WebSocketApiOptions"/> from configuration, without reflection.</summary>
internal static class WebSocketApiOptionsReader
{
    private const string Section = "WebSockets";

    private static readonly Dictionary<string, Action<WebSocketApiOptions, int>> Numbers = new(StringComparer.OrdinalIgnoreCase)
    {
        [nameof(WebSocketApiOptions.MaxMessageBytes)] = static (options, value) => options.MaxMessageBytes = value,
        [nameof(WebSocketApiOptions.MaxFrameBytes)] = static (options, value) => options.MaxFrameBytes = value,
        [nameof(WebSocketApiOptions.MaxConcurrentMessagesPerConnection)] = static (options, value) => options.MaxConcurrentMessagesPerConnection = value,
        [nameof(WebSocketApiOptions.SendQueueMessages)] = static (options, value) => options.SendQueueMessages = value,
        [nameof(WebSocketApiOptions.SendQueueBytes)] = static (options, value) => options.SendQueueBytes = value,
    };

    private static readonly Dictionary<string, Action<WebSocketApiOptions, TimeSpan>> Durations = new(StringComparer.OrdinalIgnoreCase)
    {
        [nameof(WebSocketApiOptions.IdleTimeout)] = static (options, value) => options.IdleTimeout = value,
        [nameof(WebSocketApiOptions.MaxConnectionLifetime)] = static (options, value) => options.MaxConnectionLifetime = value,
        [nameof(WebSocketApiOptions.AnswerTimeout)] = static (options, value) => options.AnswerTimeout = value,
        [nameof(WebSocketApiOptions.NodeTimeout)] = static (options, value) => options.NodeTimeout = value,
        [nameof(WebSocketApiOptions.CloseTimeout)] = static (options, value) => options.CloseTimeout = value,
        [nameof(WebSocketApiOptions.DrainTimeout)] = static (options, value) => options.DrainTimeout = value,
        [nameof(WebSocketApiOptions.HeartbeatInterval)] = static (options, value) => options.HeartbeatInterval = value,
        [nameof(WebSocketApiOptions.NodeSilence)] = static (options, value) => options.NodeSilence = value,
        [nameof(WebSocketApiOptions.KeepAliveInterval)] = static (options, value) => options.KeepAliveInterval = value,
    };

    private static readonly Dictionary<string, Action<WebSocketApiOptions, bool>> Flags = new(StringComparer.OrdinalIgnoreCase)
    {
        [nameof(WebSocketApiOptions.AllowExtendedConnect)] = static (options, value) => options.AllowExtendedConnect = value,
    };

    public static void Read(IConfigurationSection section, WebSocketApiOptions options, List<string> failures)
    {
        foreach (var child in section.GetChildren())
        {
            if (Numbers.TryGetValue(child.Key, out var setNumber))
            {
                if (int.TryParse(child.Value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number))
                {
                    setNumber(options, number);
                }
                else
                {
                    failures.Add($"{Section}:{child.Key}: must be a whole number, but is '{child.Value}'.");
                }
            }
            else if (Flags.TryGetValue(child.Key, out var setFlag))
            {
                if (bool.TryParse(child.Value, out var flag))
                {
                    setFlag(options, flag);
                }
                else
                {
                    failures.Add($"{Section}:{child.Key}: must be true or false, but is '{child.Value}'.");
                }
            }
            else if (!Durations.TryGetValue(child.Key, out var setDuration))
            {
                failures.Add($"{Section}:{child.Key}: is not known here. Known: {string.Join(", ", Numbers.Keys.Concat(Durations.Keys).Concat(Flags.Keys))}.");
            }
            else if (TimeSpan.TryParse(child.Value, CultureInfo.InvariantCulture, out var duration))
            {
                setDuration(options, duration);
            }
            else
            {
                failures.Add($"{Section}:{child.Key}: must be a duration such as '00:00:05', but is '{child.Value}'.");
            }
        }
    }
}
