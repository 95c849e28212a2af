using System.Text.RegularExpressions;
using ApiGateway.Middleware.Context;
using ApiGateway.Middleware.Languages.Templates;
using ApiGateway.Middleware.Languages.Values;
using ApiGateway.Middleware.Responses;
using ApiGateway.Middleware.Snapshots;
using ApiGateway.Middleware.Telemetry;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Primitives;

namespace ApiGateway.Middleware.Pipeline.Transformation;

/// <summary>Makes the method's response of the integration's answer: select, map headers, render, override.</summary>
internal sealed class ResponseTransformer(ILogger logger)
{
    private const string ContentType = "Content-Type";

    /// <summary>Finds the integration response that takes an answer.</summary>
    /// <param name="context">The request.</param>
    /// <param name="plan">The responses.</param>
    /// <param name="answer">The answer.</param>
    /// <param name="response">The response, or <see langword="null"/> if it is implied.</param>
    /// <returns>Why the request is refused, or <see langword="null"/>.</returns>
    public GatewayRefusal? Select(
        GatewayContext context, ResponseTransformationPlan plan, IntegrationAnswer answer, out IntegrationResponsePlan? response)
    {
        response = null;
        if (plan.IsImplied)
        {
            answer.Result.Status = answer.Status;
            return answer.Status is >= 200 and <= 599 ? null : Fail(context, $"The status {answer.Status} is not from 200 to 599.");
        }

        try
        {
            response = plan.Select(answer.Selection);
        }
        catch (RegexMatchTimeoutException)
        {
            return Fail(context, "A selection pattern takes too long.");
        }

        if (response is null)
        {
            return Fail(
                context,
                $"No match for output mapping and no default output mapping configured. Endpoint Response Status Code: {answer.Status}.");
        }

        answer.Result.Status = response.Status;
        return response.IsDeclared ? null : Fail(context, $"Output mapping refers to an invalid method response: {response.Status}.");
    }

    /// <summary>Sets the headers.</summary>
    public GatewayRefusal? Map(
        TransformationValues values, ResponseTransformationPlan plan, IntegrationResponsePlan? response, IntegrationAnswer answer)
    {
        var headers = answer.Result.Headers;
        headers.Set(ContentType, answer.Headers.TryGet(ContentType, out var type) ? type : TemplateSet.Json);
        if (plan.Remaps && values.Context.TraceId is { } trace)
        {
            headers.Set(HeaderNames.TraceId, trace);
        }

        if (response is null)
        {
            return null;
        }

        if (response.MapsBody && TransformationValues.IsBroken(values.AnswerBody))
        {
            return Fail(values.Context, "The body of the endpoint's response is no JSON, but headers are mapped from it.");
        }

        foreach (var mapping in response.Parameters)
        {
            try
            {
                if (values.OfAnswer(mapping, answer, plan.ParsesErrorMessage) is { Length: > 0 } value)
                {
                    headers.Set(mapping.Name, HeaderText.ForClient(value));
                }
            }
            catch (ValueLimitException exception)
            {
                return Fail(values.Context, exception.Message);
            }
        }

        return null;
    }

    /// <summary>Makes the body, and lets the overrides of all templates take effect.</summary>
    public GatewayRefusal? Render(
        TransformationValues values, ResponseTransformationPlan plan, IntegrationResponsePlan? response, IntegrationAnswer answer)
    {
        var context = values.Context;
        if (response is not null && TemplateOf(context, response, answer) is { } template)
        {
            if (template.Template is not { } compiled)
            {
                return Fail(context, $"The response template of '{template.ContentType}' cannot be read.");
            }

            try
            {
                compiled.Render(values.AnswerScope, answer.Result.BeginBody());
            }
            catch (Exception exception) when (exception is TemplateLimitException or TemplateRenderException)
            {
                Log.TemplateFailed(logger, context.Route.Key, context.RequestId, exception.Message);
                context.Trace?.ConfigurationError($"Unable to transform response: {exception.Message}");
                return GatewayRefusal.InternalServerError;
            }

            if (!MapsContentType(response))
            {
                answer.Result.Headers.Set(ContentType, template.ResultType);
            }
        }

        return Override(context, plan, answer.Result);
    }

    private static MappingTemplate? TemplateOf(GatewayContext context, IntegrationResponsePlan response, IntegrationAnswer answer)
    {
        if (response.Templates.IsEmpty)
        {
            return null;
        }

        return response.TemplateSelection is { } selection
            ? RequestTransformer.ForKey(response.Templates, selection, context.Body.Bytes.Span, answer)
            : response.Templates.ForResponse(context.Http.Request.Headers.Accept is [.., var last] ? last : null);
    }

    private GatewayRefusal? Override(GatewayContext context, ResponseTransformationPlan plan, MethodResult result)
    {
        if (context.Overrides is not { } overrides)
        {
            return null;
        }

        if (context.Route.Transformation!.Request.RefusesRepeatedOverrides && TransformationOverrides.IsRepeated(overrides))
        {
            return Fail(context, "A parameter is overridden twice.");
        }

        result.Status = TransformationOverrides.Status(overrides) ?? result.Status;
        foreach (var (name, value) in TransformationOverrides.Of(overrides.Response, "header"))
        {
            if (TransformationOverrides.IsHeaderName(name) && MappedHeaders.NameForClient(name, plan.Remaps) is { } outside)
            {
                result.Headers.Set(outside, ForClient(TransformationOverrides.ValuesOf(value)));
            }
        }

        return null;
    }

    private GatewayRefusal Fail(GatewayContext context, string reason)
    {
        Log.MappingFailed(logger, context.Route.Key, context.RequestId, reason);
        context.Trace?.ConfigurationError(reason);
        return GatewayRefusal.ConfigurationError;
    }

    private static bool MapsContentType(IntegrationResponsePlan response) =>
        Array.Exists(response.Parameters, static mapping => mapping.Name.Equals(ContentType, StringComparison.OrdinalIgnoreCase));

    private static StringValues ForClient(StringValues values)
    {
        if (values.Count == 1)
        {
            return HeaderText.ForClient(values.ToString());
        }

        var all = new string[values.Count];
        for (var i = 0; i < all.Length; i++)
        {
            all[i] = HeaderText.ForClient(values[i] ?? "");
        }

        return all;
    }
}
