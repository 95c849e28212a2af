using System.Diagnostics;
using System.Diagnostics.Metrics;
using ApiGateway.Middleware.Snapshots;

namespace ApiGateway.Middleware.Telemetry;

/// <content>WebSocket connections and their messages.</content>
internal sealed partial class GatewayMetrics
{
    private readonly UpDownCounter<long> _openConnections;
    private readonly Counter<long> _connections;
    private readonly Counter<long> _messages;
    private readonly Counter<long> _integrationErrors;
    private readonly Counter<long> _executionErrors;

    public void ConnectionOpened(string apiId, string stage)
    {
        if (_openConnections.Enabled || _connections.Enabled)
        {
            var tags = TagsOf(apiId, stage);
            _openConnections.Add(1, tags);
            _connections.Add(1, tags);
        }
    }

    public void ConnectionClosed(string apiId, string stage)
    {
        if (_openConnections.Enabled)
        {
            _openConnections.Add(-1, TagsOf(apiId, stage));
        }
    }

    public void MessageReceived(string apiId, string stage)
    {
        if (_messages.Enabled)
        {
            CountMessage(apiId, stage, "in");
        }
    }

    public void MessageSent(string apiId, string stage)
    {
        if (_messages.Enabled)
        {
            CountMessage(apiId, stage, "out");
        }
    }

    public void IntegrationFailed(in RequestNames names) => Count(_integrationErrors, names);

    public void ExecutionFailed(in RequestNames names) => Count(_executionErrors, names);

    private void CountMessage(string apiId, string stage, string direction)
    {
        var tags = TagsOf(apiId, stage);
        tags.Add("direction", direction);
        _messages.Add(1, tags);
    }

    private static TagList TagsOf(string apiId, string stage) => new() { { "api", apiId }, { "stage", stage } };
}
