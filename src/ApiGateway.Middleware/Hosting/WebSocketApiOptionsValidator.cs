using Microsoft.Extensions.Options;

namespace ApiGateway.Middleware.Hosting;

/// <summary>Checks the ranges of <see cref="WebSocketApiOptions"/>.</summary>
internal static class WebSocketApiOptionsValidator
{
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    public static void Check(ValidateOptionsResultBuilder result, WebSocketApiOptions options)
    {
        Range(options.MaxMessageBytes, 16 << 20, nameof(options.MaxMessageBytes));
        Range(options.MaxFrameBytes, 16 << 20, nameof(options.MaxFrameBytes), least: 0);
        Range(options.MaxConcurrentMessagesPerConnection, 10_000, nameof(options.MaxConcurrentMessagesPerConnection));
        Range(options.SendQueueMessages, 100_000, nameof(options.SendQueueMessages));
        Range(options.SendQueueBytes, 1 << 30, nameof(options.SendQueueBytes));
        Duration(options.IdleTimeout, Day, nameof(options.IdleTimeout));
        Duration(options.MaxConnectionLifetime, 30 * Day, nameof(options.MaxConnectionLifetime));
        Duration(options.AnswerTimeout, Day, nameof(options.AnswerTimeout));
        Duration(options.NodeTimeout, Day, nameof(options.NodeTimeout));
        Duration(options.CloseTimeout, Day, nameof(options.CloseTimeout));
        Duration(options.DrainTimeout, Day, nameof(options.DrainTimeout));
        Duration(options.HeartbeatInterval, Day, nameof(options.HeartbeatInterval));
        Duration(options.NodeSilence, Day, nameof(options.NodeSilence));
        if (options.NodeSilence < 2 * options.HeartbeatInterval)
        {
            Fail($"must be at least twice {nameof(options.HeartbeatInterval)}, which is {options.HeartbeatInterval}, but is {options.NodeSilence}.", nameof(options.NodeSilence));
        }

        if (options.KeepAliveInterval < TimeSpan.Zero || options.KeepAliveInterval > Day)
        {
            Fail($"must be from 00:00:00 to {Day}, but is {options.KeepAliveInterval}.", nameof(options.KeepAliveInterval));
        }

        void Range(int value, int most, string name, int least = 1)
        {
            if (value < least || value > most)
            {
                Fail($"must be from {least} to {most}, but is {value}.", name);
            }
        }

        void Duration(TimeSpan value, TimeSpan most, string name)
        {
            if (value <= TimeSpan.Zero || value > most)
            {
                Fail($"must be positive and at most {most}, but is {value}.", name);
            }
        }

        void Fail(string message, string name) => result.AddError(message, $"{nameof(ApiGatewayOptions.WebSockets)}:{name}");
    }
}
