using ApiGateway.Middleware.Languages.Expressions;

namespace ApiGateway.Middleware.Context;

/// <summary>Where the values of a request's mappings come from: the request as the client sent it.</summary>
internal sealed class RequestValues(GatewayContext context) : MessageValues(context)
{
    protected override ReadOnlyMemory<byte> Body => Context.Body.Bytes;

    protected override string? FindOwn(ParameterExpression source, bool keepsEscapes) => source.Kind switch
    {
        ParameterKind.MultiValueHeader => Joined(Context.Http.Request.Headers[source.Name]),
        ParameterKind.MultiValueQueryString => Joined(RequestParameters.AllQuery(Context, source.Name)),
        ParameterKind.PathParameter => Text(PathParameter(source.Name), keepsEscapes),
        ParameterKind.Path => Text(Context.BelowStage.ToString(), keepsEscapes),
        _ => null,
    };

    private string? PathParameter(string name)
    {
        foreach (ref readonly var variable in Context.Route.PathVariables.AsSpan())
        {
            if (variable.Name == name)
            {
                return Context.ValueOf(variable).ToString();
            }
        }

        return null;
    }

    private static string? Text(string? received, bool keepsEscapes) =>
        keepsEscapes || received is null || !received.Contains('%', StringComparison.Ordinal) ? received : Uri.UnescapeDataString(received);
}
