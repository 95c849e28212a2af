using System.Text;
using ApiGateway.Middleware.Context;
using ApiGateway.Middleware.Responses;
using ApiGateway.Middleware.Snapshots;
using Microsoft.Extensions.Primitives;

namespace ApiGateway.Middleware.Pipeline.Transformation;

/// <summary>Carries out the parameter mapping of a request, for the integration to send.</summary>
/// <remarks>Values are read from the client's request, and written beside it, so no change sees another.</remarks>
internal static class RequestMapper
{
    public static void Map(GatewayContext context, ParameterChange[] changes)
    {
        var outgoing = context.BeginOutgoing();
        var values = new RequestValues(context);
        var query = default(QueryChanges?);
        foreach (var change in changes)
        {
            var found = change.Value is null ? null : values.Find(change.Value, keepsEscapes: change.Target == MappingTarget.Path);
            if (found is null && change.Action != MappingAction.Remove)
            {
                continue;
            }

            switch (change.Target)
            {
                case MappingTarget.Header:
                    SetHeader(context, outgoing, change, found);
                    break;
                case MappingTarget.Query:
                    (query ??= new QueryChanges()).Add(change, found);
                    break;
                default:
                    outgoing.ReplacedPath = PathOf(found!);
                    break;
            }
        }

        if (query is not null)
        {
            outgoing.ReplacedQuery = query.Apply(context.Target.Query);
        }
    }

    private static void SetHeader(GatewayContext context, IntegrationRequest outgoing, ParameterChange change, string? found)
    {
        var isHost = change.Name.Equals("Host", StringComparison.OrdinalIgnoreCase);
        if (found is null)
        {
            // Without a host there is no request (RFC 9112 3.2).
            if (!isHost)
            {
                outgoing.Headers.Set(change.Name, StringValues.Empty);
            }

            return;
        }

        var legal = HeaderText.ForBackend(found);
        if (isHost && !HeaderText.IsHost(legal))
        {
            return;
        }

        var earlier = change.Action == MappingAction.Overwrite ? StringValues.Empty
            : outgoing.Headers.TryGet(change.Name, out var changed) ? changed : context.Http.Request.Headers[change.Name];
        outgoing.Headers.Set(change.Name, StringValues.Concat(earlier, legal));
    }

    private static string PathOf(string found)
    {
        var path = ParameterText.ForPath(found);
        return path.StartsWith('/') ? path : "/" + path;
    }

    /// <summary>What becomes of the client's query.</summary>
    private sealed class QueryChanges
    {
        private readonly List<string> _dropped = [];
        private readonly List<(string Name, string Value)> _added = [];

        public void Add(ParameterChange change, string? found)
        {
            if (change.Action != MappingAction.Append)
            {
                _dropped.Add(change.Name);
                _added.RemoveAll(item => item.Name == change.Name);
            }

            if (found is not null)
            {
                _added.Add((change.Name, found));
            }
        }

        public string Apply(ReadOnlySpan<char> received)
        {
            var text = new StringBuilder();
            foreach (var parameter in new QueryParameters(received))
            {
                if (!IsDropped(parameter))
                {
                    text.Append(text.Length == 0 ? '?' : '&').Append(parameter.Text);
                }
            }

            foreach (var (name, value) in _added)
            {
                text.Append(text.Length == 0 ? '?' : '&').Append(ParameterText.Encoded(name)).Append('=').Append(ParameterText.Encoded(value));
            }

            return text.ToString();
        }

        private bool IsDropped(in QueryParameters parameter)
        {
            foreach (var name in _dropped)
            {
                if (parameter.IsNamed(name))
                {
                    return true;
                }
            }

            return false;
        }
    }
}
