using ApiGateway.Middleware.Contracts;
using ApiGateway.Middleware.Context;
using ApiGateway.Middleware.Languages.Expressions;
using ApiGateway.Middleware.Languages.Templates;
using ApiGateway.Middleware.Languages.Values;
using ApiGateway.Middleware.Responses;
using ApiGateway.Middleware.Snapshots;
using ApiGateway.Middleware.Telemetry;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Primitives;

namespace ApiGateway.Middleware.Pipeline.Transformation;

/// <summary>Makes the integration's request: parameters, body, overrides.</summary>
internal sealed class RequestTransformer(ILogger logger)
{
    /// <summary>Chooses the template of the request's body; none means that it passes as it is.</summary>
    /// <returns><see langword="false"/> if a body of this type may not pass.</returns>
    public static bool TrySelectTemplate(GatewayContext context, RequestTransformationPlan plan, out MappingTemplate? template)
    {
        template = plan.TemplateSelection is { } selection
            ? ForKey(plan.Templates, selection, context.Body.Bytes.Span, null)
            : plan.Templates.ForRequest(context.Http.Request.Headers.ContentType);
        return template is not null || plan.Passthrough switch
        {
            PassthroughBehavior.Never => false,
            PassthroughBehavior.WhenNoTemplates => plan.Templates.IsEmpty,
            _ => true,
        };
    }

    /// <summary>Finds the template whose key an expression gives.</summary>
    /// <param name="templates">The templates.</param>
    /// <param name="selection">The expression.</param>
    /// <param name="body">The client's message.</param>
    /// <param name="answer">The integration's answer, once there is one.</param>
    public static MappingTemplate? ForKey(TemplateSet templates, SelectionExpression selection, ReadOnlySpan<byte> body, IntegrationAnswer? answer)
    {
        if (selection.Constant is { } constant)
        {
            return templates.ForKey(constant);
        }

        var key = new TextBuilder(stackalloc char[128]);
        try
        {
            selection.Evaluate(body, answer, ref key);
            return templates.ForKey(key.Text);
        }
        finally
        {
            key.Dispose();
        }
    }

    /// <summary>Fills the context's outgoing request.</summary>
    /// <returns>Why the request is refused, or <see langword="null"/>.</returns>
    public GatewayRefusal? Transform(TransformationValues values, RequestTransformationPlan plan, MappingTemplate? template)
    {
        var outgoing = values.Context.BeginOutgoing();
        return MapParameters(values, plan, outgoing)
            ?? (template is null ? null : Render(values, template, outgoing) ?? Override(values.Context, plan, outgoing));
    }

    private GatewayRefusal? MapParameters(TransformationValues values, RequestTransformationPlan plan, IntegrationRequest outgoing)
    {
        if (plan.MapsBody && TransformationValues.IsBroken(values.RequestBody))
        {
            return GatewayRefusal.InvalidJson;
        }

        foreach (var mapping in plan.Parameters)
        {
            StringValues found;
            try
            {
                found = values.OfRequest(mapping);
            }
            catch (ValueLimitException exception)
            {
                return Fail(values.Context, exception.Message);
            }

            // What leads to nothing, or to nothing but empty texts, is not sent.
            if (StringValues.IsNullOrEmpty(found))
            {
                continue;
            }

            if (mapping.IsIllegal)
            {
                return Fail(values.Context, $"The header '{mapping.Name}' cannot be mapped.");
            }

            Put(outgoing, mapping, found);
        }

        return null;
    }

    private static void Put(IntegrationRequest outgoing, ParameterMapping mapping, StringValues found)
    {
        switch (mapping.Target)
        {
            case MappingTarget.Header:
                PutHeader(outgoing, mapping.Name, found);
                break;
            case MappingTarget.Query:
                // Static texts are encoded by their owner, and path values by the client: both keep their escapes.
                var isEncoded = mapping.Source.Kind is ParameterKind.Static or ParameterKind.PathParameter;
                outgoing.Query.Set(
                    ParameterText.Encoded(mapping.Name),
                    Each(found, isEncoded ? mapping.Source.Kind == ParameterKind.Static ? ParameterText.ForQuery : PathValueForQuery : ParameterText.Encoded));
                break;
            default:
                var isWritten = mapping.Source.Kind is ParameterKind.Static or ParameterKind.PathParameter or ParameterKind.StageVariable;
                outgoing.Path.Set(mapping.Name, Each(found, isWritten ? ParameterText.ForPath : ParameterText.Encoded));
                break;
        }
    }

    private static string PathValueForQuery(string value) =>
        ParameterText.ForQuery(value).Replace("&", "%26", StringComparison.Ordinal).Replace("+", "%2B", StringComparison.Ordinal);

    private static void PutHeader(IntegrationRequest outgoing, string name, StringValues found)
    {
        var legal = Each(found, HeaderText.ForBackend);
        if (!name.Equals("Host", StringComparison.OrdinalIgnoreCase) || IsHost(legal))
        {
            outgoing.Headers.Set(name, legal);
        }
    }

    private static bool IsHost(StringValues values) => values is [{ } host] && HeaderText.IsHost(host);

    private GatewayRefusal? Render(TransformationValues values, MappingTemplate template, IntegrationRequest outgoing)
    {
        if (template.Template is not { } compiled)
        {
            return Fail(values.Context, $"The request template of '{template.ContentType}' cannot be read.");
        }

        try
        {
            compiled.Render(values.RequestScope, outgoing.BeginBody());
            return null;
        }
        catch (Exception exception) when (exception is TemplateLimitException or TemplateRenderException)
        {
            Log.TemplateFailed(logger, values.Context.Route.Key, values.Context.RequestId, exception.Message);
            values.Context.Trace?.ConfigurationError($"Unable to transform request: {exception.Message}");
            return GatewayRefusal.InternalServerError;
        }
    }

    private GatewayRefusal? Override(GatewayContext context, RequestTransformationPlan plan, IntegrationRequest outgoing)
    {
        if (context.Overrides is not { } overrides)
        {
            return null;
        }

        if (plan.RefusesRepeatedOverrides && TransformationOverrides.IsRepeated(overrides))
        {
            return Fail(context, "A parameter is overridden twice.");
        }

        foreach (var (name, value) in TransformationOverrides.Of(overrides.Request, "header"))
        {
            if (plan.IllegalHeaders.Contains(name))
            {
                return Fail(context, $"The header '{name}' cannot be overridden.");
            }

            if (TransformationOverrides.IsHeaderName(name) && !MappedHeaders.RequestDropped.Contains(name))
            {
                PutHeader(outgoing, name, TransformationOverrides.ValuesOf(value));
            }
        }

        foreach (var (name, value) in TransformationOverrides.Of(overrides.Request, "querystring"))
        {
            outgoing.Query.Set(ParameterText.Encoded(name), Each(TransformationOverrides.ValuesOf(value), ParameterText.Encoded));
        }

        foreach (var (name, value) in TransformationOverrides.Of(overrides.Request, "path"))
        {
            outgoing.Path.Set(name, ParameterText.ForPath(TransformationOverrides.ValuesOf(value).ToString()));
        }

        return null;
    }

    private GatewayRefusal Fail(GatewayContext context, string reason)
    {
        Log.MappingFailed(logger, context.Route.Key, context.RequestId, reason);
        context.Trace?.ConfigurationError(reason);
        return GatewayRefusal.ConfigurationError;
    }

    private static StringValues Each(StringValues values, Func<string, string> encode)
    {
        if (values.Count == 1)
        {
            return encode(values.ToString());
        }

        var all = new string[values.Count];
        for (var i = 0; i < all.Length; i++)
        {
            all[i] = encode(values[i] ?? "");
        }

        return all;
    }
}
