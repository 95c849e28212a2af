using ApiGateway.Middleware.Contracts;
using ApiGateway.Middleware.Pipeline;
using ApiGateway.Middleware.Pipeline.Handshake;
using ApiGateway.Middleware.Responses;
using ApiGateway.Middleware.Responses.AccessLogs;
using ApiGateway.Middleware.Responses.ExecutionLogs;
using ApiGateway.Middleware.Snapshots;
using ApiGateway.Middleware.State;
using ApiGateway.Middleware.Telemetry;
using ApiGateway.Middleware.WebSockets;
using ApiGateway.Middleware.WebSockets.Connections;
using ApiGateway.Middleware.WebSockets.Messages;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.WebSockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace ApiGateway.Middleware.Hosting;

/// <summary>The services that open WebSocket connections and run their messages.</summary>
internal static class MessageServices
{
    public static void Add(IServiceCollection services)
    {
        services.TryAddSingleton(static provider => new WebSocketMiddleware(
            static _ => Task.CompletedTask, provider.GetRequiredService<IOptions<WebSocketOptions>>(), provider.GetRequiredService<ILoggerFactory>()));
        services.TryAddSingleton(static provider => new HandshakeRules(OptionsOf(provider).AllowExtendedConnect));
        services.TryAddSingleton<MessageExchangePool>();
        services.TryAddSingleton<ExecutionLogWriter>();
        services.TryAddSingleton(static provider => new MessageRunner(
            new Lazy<GatewayDelegate>(() => GatewayPipeline.CreateForMessages(provider)), provider.GetRequiredService<SnapshotSource>(),
            provider.GetRequiredService<MessageExchangePool>(), provider.GetRequiredService<AccessLogWriter>(), provider.GetRequiredService<ExecutionLogWriter>(),
            provider.GetRequiredService<GatewayMetrics>(), provider.GetRequiredService<GatewayActivitySource>(), OptionsOf(provider).MaxMessageBytes,
            provider.GetRequiredService<ILogger<MessageRunner>>()));
        services.TryAddSingleton<IConnectionEvents>(static provider => provider.GetRequiredService<MessageRunner>());
        services.TryAddSingleton(static provider => new ConnectIntegration(
            provider.GetRequiredService<MessageRunner>(), provider.GetRequiredService<ConnectionHost>(),
            provider.GetRequiredService<GatewayResponseWriter>(), provider.GetRequiredService<AccessLogWriter>(), provider.GetRequiredService<GatewayMetrics>(),
            OptionsOf(provider).KeepAliveInterval,
            provider.GetRequiredService<ILogger<ConnectIntegration>>()));
        services.TryAddSingleton(static provider => new ConnectionsIntegration(
            provider.GetRequiredService<ConnectionHost>(), provider.GetRequiredService<RegistryHealth>(), provider.GetRequiredService<GatewayResponseWriter>(),
            OptionsOf(provider).MaxMessageBytes));
        services.TryAddSingleton<IGatewayConnections, GatewayConnections>();
        services.TryAddSingleton<IConnectionRegistry, MemoryConnectionRegistry>();
        services.TryAddSingleton<INodeChannel, LocalNodeChannel>();
        services.TryAddSingleton(static provider => LimitsOf(OptionsOf(provider)));
        services.TryAddSingleton<RegistryHealth>();
        services.TryAddSingleton<UndecidedEnds>();
        services.TryAddSingleton<ConnectionHost>();
        services.TryAddSingleton<ConnectionUpkeep>();
        services.TryAddSingleton<ConnectionClock>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, ConnectionService>());
    }

    private static WebSocketApiOptions OptionsOf(IServiceProvider provider) => provider.GetRequiredService<IOptions<ApiGatewayOptions>>().Value.WebSockets;

    private static ConnectionLimits LimitsOf(WebSocketApiOptions options) => new()
    {
        MaxMessageBytes = options.MaxMessageBytes,
        MaxFrameBytes = options.MaxFrameBytes,
        IdleTimeout = options.IdleTimeout,
        MaxLifetime = options.MaxConnectionLifetime,
        MaxConcurrentMessages = options.MaxConcurrentMessagesPerConnection,
        SendQueueMessages = options.SendQueueMessages,
        SendQueueBytes = options.SendQueueBytes,
        AnswerTimeout = options.AnswerTimeout,
        NodeTimeout = options.NodeTimeout,
        CloseTimeout = options.CloseTimeout,
        DrainTimeout = options.DrainTimeout,
        HeartbeatInterval = options.HeartbeatInterval,
        NodeSilence = options.NodeSilence,
    };
}
