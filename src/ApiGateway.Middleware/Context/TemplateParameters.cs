using System.Collections.Frozen;
using ApiGateway.Middleware.Languages.Templates.Variables;
using ApiGateway.Middleware.Languages.Values;

namespace ApiGateway.Middleware.Context;

/// <summary>The request's parameters as <c>$input.params()</c> gives them.</summary>
internal sealed class TemplateParameters(GatewayContext context) : ParameterSource
{
    /// <summary>Headers that are taken off at the entry: recorded.</summary>
    private static readonly FrozenSet<string> Stripped = new[]
    {
        "Connection", "Content-Length", "Content-MD5", "Expect", "Max-Forwards", "Proxy-Authenticate", "Server", "TE", "Transfer-Encoding",
        "Trailer", "Upgrade", "WWW-Authenticate",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    public override bool TryGet(ParameterLocation location, string name, out string value)
    {
        var found = location switch
        {
            ParameterLocation.Path => RequestParameters.Path(context, name),
            ParameterLocation.QueryString => RequestParameters.LastQuery(context, name),
            _ => Stripped.Contains(name) ? null : RequestParameters.LastHeader(context, name),
        };
        value = found ?? "";
        return found is not null;
    }

    public override void CopyTo(ParameterLocation location, ValueMap map)
    {
        switch (location)
        {
            case ParameterLocation.Path:
                foreach (ref readonly var variable in (context.MatchedRoute?.PathVariables ?? []).AsSpan())
                {
                    map.Put(variable.Name, Value.Of(context.TextOf(variable)));
                }

                break;
            case ParameterLocation.QueryString:
                foreach (var parameter in new QueryParameters(context.Target.Query))
                {
                    map.Put(QueryParameters.Decode(parameter.Name), Value.Of(QueryParameters.Decode(parameter.Value)));
                }

                break;
            default:
                foreach (ref readonly var header in context.Headers.Of(context.Http.Request.Headers))
                {
                    if (!Stripped.Contains(header.Key) && header.Value is [.., { } last])
                    {
                        map.Put(header.Key, Value.Of(last));
                    }
                }

                break;
        }
    }
}
