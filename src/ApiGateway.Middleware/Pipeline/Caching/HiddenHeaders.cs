using System.Collections.Frozen;
using ApiGateway.Middleware.Context;
using ApiGateway.Middleware.Snapshots;
using Microsoft.Extensions.Primitives;

namespace ApiGateway.Middleware.Pipeline.Caching;

/// <summary>Hides from an integration what must not influence an answer that others get, too: request headers that are not in the key.</summary>
/// <remarks>
/// Under <c>Safe</c> alone. Where each caller has answers of its own, these are the headers that ask for a part of an answer, or for one
/// in another form; where callers share answers, all but those that every request has or that tell nothing of what is wanted.
/// </remarks>
internal sealed class HiddenHeaders
{
    private const string UserAgent = "User-Agent";
    private const string SharedUserAgent = "ApiGateway.Middleware";

    private static readonly FrozenSet<string> Conditions = Names("If-None-Match", "If-Modified-Since");

    private static readonly FrozenSet<string> Forms = Names(
        "Accept-Encoding", "If-Match", "If-Modified-Since", "If-None-Match", "If-Range", "If-Unmodified-Since", "Range");

    // Addresses of the client side are in the key where a trusted proxy says them; else integrations do not get the client's.
    private static readonly FrozenSet<string> Kept = Names(
        "Connection", "Content-Length", "Content-Type", "Host", "traceparent", "X-Amzn-Trace-Id", "X-Forwarded-For", UserAgent);

    private static readonly FrozenSet<string> KeptOfProxies = Names(
        "Forwarded", "X-Forwarded-Host", "X-Forwarded-Port", "X-Forwarded-Prefix", "X-Forwarded-Proto");

    private readonly List<KeyValuePair<string, StringValues>> _hidden = [];

    /// <summary>Takes the headers away.</summary>
    public void Hide(GatewayContext context, CachePlan plan)
    {
        if (!plan.IsSafe && !plan.Policy.AnswersConditionally)
        {
            return;
        }

        var headers = context.Http.Request.Headers;
        foreach (ref readonly var header in context.Headers.Of(headers))
        {
            if (Hides(context, plan, header.Key))
            {
                _hidden.Add(header);
            }
        }

        foreach (var (name, _) in _hidden)
        {
            headers.Remove(name);
        }

        if (plan.IsSafe && !plan.Key.HasCaller && !plan.Key.HasHeader(UserAgent) && headers.TryGetValue(UserAgent, out var agent))
        {
            // Not none at all: some backends refuse that.
            _hidden.Add(new(UserAgent, agent));
            headers.UserAgent = SharedUserAgent;
        }

        Forget(context);
    }

    /// <summary>Gives them back.</summary>
    public void Restore(GatewayContext context)
    {
        foreach (var (name, values) in _hidden)
        {
            context.Http.Request.Headers[name] = values;
        }

        Forget(context);
    }

    private static bool Hides(GatewayContext context, CachePlan plan, string name)
    {
        if (plan.Key.HasHeader(name))
        {
            return false;
        }

        return !plan.IsSafe ? Conditions.Contains(name)
            : plan.Key.HasCaller ? Forms.Contains(name)
            : !Kept.Contains(name) && !(context.Snapshot.ClientAddress.TrustsAnybody && KeptOfProxies.Contains(name));
    }

    private void Forget(GatewayContext context)
    {
        if (_hidden.Count > 0)
        {
            context.Headers.Reset();
        }
    }

    private static FrozenSet<string> Names(params string[] names) => names.ToFrozenSet(StringComparer.OrdinalIgnoreCase);
}
