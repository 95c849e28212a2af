using ApiGateway.Middleware.Context;
using ApiGateway.Middleware.Contracts;
using ApiGateway.Middleware.Responses;
using ApiGateway.Middleware.Snapshots;
using ApiGateway.Middleware.Telemetry;

namespace ApiGateway.Middleware.Pipeline.Transformation;

/// <content>Where bodies are converted between text and binary.</content>
internal sealed partial class TransformationMiddleware
{
    private const string NoBase64 = "Unable to base64 decode the body.";

    /// <summary>Converts the request's body, which is held, before parameters and templates read it.</summary>
    /// <returns>Why the request is refused, or <see langword="null"/>.</returns>
    private GatewayRefusal? ConvertRequest(GatewayContext context, RequestTransformationPlan plan, MappingTemplate? template)
    {
        if (!plan.ConvertsBody)
        {
            return null;
        }

        if (plan.IsAlwaysText)
        {
            // What a template makes is decoded once it is made.
            return (template is not null && plan.ContentHandling == ContentHandling.ConvertToBinary)
                || context.Body.TryChange(context.Http, plan.ContentHandling, static (body, handling) => PayloadConversion.TryCode(handling, body))
                ? null : Fail(context, NoBase64);
        }

        var isBinary = context.Api.BinaryMediaTypes?.MatchesContentType(context.Http.Request.Headers.ContentType) ?? false;

        // A template reads text, even if there is nothing to read.
        if (template is not null && !PayloadConversion.RequestIsText(isBinary, plan.ContentHandling))
        {
            return Fail(context, "Unable to transform request: the body is bytes, and a template needs text.");
        }

        return context.Body.TryChange(
            context.Http, (isBinary, plan.ContentHandling),
            static (body, state) => PayloadConversion.TryConvertRequest(state.isBinary, state.ContentHandling, body))
            ? null : Fail(context, NoBase64);
    }

    /// <summary>Converts the answer's body after headers are mapped from it and before a template reads it.</summary>
    /// <returns>Why the request is refused, or <see langword="null"/>.</returns>
    private GatewayRefusal? ConvertAnswer(
        TransformationValues values, ResponseTransformationPlan plan, IntegrationResponsePlan? response, IntegrationAnswer answer)
    {
        if (!plan.ConvertsBody || answer.Body.Length == 0)
        {
            return null;
        }

        var context = values.Context;
        if (plan.IsAlwaysText)
        {
            if (response is { Templates.IsEmpty: false, ContentHandling: ContentHandling.ConvertToBinary })
            {
                return null;
            }

            values.ForgetAnswerBody();
            return PayloadConversion.TryCode(response?.ContentHandling ?? default, answer.Body) ? null : Fail(context, NoBase64);
        }

        var types = context.Api.BinaryMediaTypes;
        var payloadIsBinary = types?.MatchesContentType(answer.Headers.TryGet("Content-Type", out var type) ? type : default) ?? false;
        var acceptIsBinary = types?.MatchesAccept(context.Http.Request.Headers.Accept) ?? false;
        var handling = response?.ContentHandling ?? default;
        var isTemplated = response is { Templates.IsEmpty: false };
        if (isTemplated && !PayloadConversion.ResponseIsText(acceptIsBinary, handling))
        {
            return Fail(context, "Unable to transform response: the body is bytes, and a template needs text.");
        }

        values.ForgetAnswerBody();
        return PayloadConversion.TryConvertResponse(payloadIsBinary, acceptIsBinary, handling, answer.Body)
            ? null : Fail(context, NoBase64);
    }

    private GatewayRefusal? DecodeRendered(GatewayContext context, RequestTransformationPlan plan) =>
        plan is { IsAlwaysText: true, ContentHandling: ContentHandling.ConvertToBinary } && context.Outgoing is { HasBody: true } outgoing
        && !outgoing.TryChangeBody(plan.ContentHandling, static (body, handling) => PayloadConversion.TryCode(handling, body))
            ? Fail(context, NoBase64) : null;

    private GatewayRefusal? DecodeRendered(
        GatewayContext context, ResponseTransformationPlan plan, IntegrationResponsePlan? response, MethodResult result) =>
        plan.IsAlwaysText && response is { ContentHandling: ContentHandling.ConvertToBinary } && result.HasBody
        && !result.TryChangeBody(static body => PayloadConversion.TryCode(ContentHandling.ConvertToBinary, body))
            ? Fail(context, NoBase64) : null;

    private GatewayRefusal Fail(GatewayContext context, string reason)
    {
        Log.MappingFailed(logger, context.Route.Key, context.RequestId, reason);
        context.Trace?.ConfigurationError(reason);
        return GatewayRefusal.ConfigurationError;
    }
}
