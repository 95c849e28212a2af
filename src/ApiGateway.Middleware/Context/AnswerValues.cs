using ApiGateway.Middleware.Languages.Expressions;

namespace ApiGateway.Middleware.Context;

/// <summary>Where the values of a response's mappings come from: the integration's answer, its head on the client's response already.</summary>
internal sealed class AnswerValues(GatewayContext context, ReadOnlyMemory<byte> body) : MessageValues(context)
{
    protected override ReadOnlyMemory<byte> Body => body;

    protected override string? FindOwn(ParameterExpression source, bool keepsEscapes) =>
        source.Kind == ParameterKind.MultiValueHeader ? Joined(Context.Http.Response.Headers[source.Name]) : null;
}
