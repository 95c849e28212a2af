using ApiGateway.Middleware.Context;
using ApiGateway.Middleware.Languages.Expressions;
using ApiGateway.Middleware.Responses;
using ApiGateway.Middleware.Snapshots;

namespace ApiGateway.Middleware.Pipeline.Validation;

/// <summary>Are the required parameters there, and does the body match its model? Parameters come first, and their failure hides the body's.</summary>
internal sealed class ValidationMiddleware(GatewayDelegate next, GatewayResponseWriter responses)
{
    public Task InvokeAsync(GatewayContext context)
    {
        if (context.Route.Validation is not { } plan)
        {
            return next(context);
        }

        if (plan.Messages is { } models)
        {
            return ValidateAsync(context, plan, models);
        }

        if (ParameterValidator.FindMissing(context, plan.Parameters) is { } missing)
        {
            context.Trace?.Failed($"Missing required request parameters: [{missing}]");
            return responses.RejectAsync(context, GatewayRefusal.MissingParameters(missing));
        }

        var request = context.Http.Request;
        if (plan.Models?.For(request.Headers.ContentType.ToString()) is not { } model)
        {
            return next(context);
        }

        if (model.Schema is null)
        {
            context.Trace?.ConfigurationError("The model of the body is no schema that can be used.");
            return responses.RejectAsync(context, GatewayRefusal.ConfigurationError);
        }

        if (request.ContentLength > ManagedLimits.PayloadBytes)
        {
            return responses.RejectAsync(context, GatewayRefusal.RequestTooLarge);
        }

        var held = context.Body.HoldAsync(context, ManagedLimits.PayloadBytes);
        return held.IsCompletedSuccessfully ? Continue(context, plan, model, held.Result) : AwaitAsync(context, plan, model, held);
    }

    // Messages are held already.
    private Task ValidateAsync(GatewayContext context, ValidationPlan plan, MessageModels models)
    {
        var message = context.Body.Bytes.Span;
        if (!models.TryFind(message, out var model))
        {
            context.Trace?.Failed("No model is for the message.");
            return responses.RejectAsync(context, GatewayRefusal.InvalidBody(null));
        }

        if (model is { Schema: null })
        {
            return responses.RejectAsync(context, GatewayRefusal.ConfigurationError);
        }

        if (MessageJson.IsJson(message) && (model is null || BodyValidator.IsValid(model, message)))
        {
            return next(context);
        }

        var reasons = plan.Explains && model is not null ? BodyValidator.Explain(model, message) : null;
        return responses.RejectAsync(context, GatewayRefusal.InvalidBody(reasons));
    }

    private async Task AwaitAsync(GatewayContext context, ValidationPlan plan, ValidationModel model, ValueTask<bool> held) =>
        await Continue(context, plan, model, await held);

    private Task Continue(GatewayContext context, ValidationPlan plan, ValidationModel model, bool isWithinLimit)
    {
        if (!isWithinLimit)
        {
            return responses.RejectAsync(context, GatewayRefusal.RequestTooLarge);
        }

        var body = context.Body.Bytes.Span;
        if (BodyValidator.IsValid(model, body))
        {
            return next(context);
        }

        var reasons = plan.Explains || context.Trace is not null ? BodyValidator.Explain(model, body) : null;
        context.Trace?.Failed($"Request body does not match model schema for content type {TypeOf(context)}: {reasons}");
        return responses.RejectAsync(context, GatewayRefusal.InvalidBody(plan.Explains ? reasons : null));
    }

    private static string TypeOf(GatewayContext context) =>
        context.Http.Request.Headers.ContentType is [{ Length: > 0 } type, ..] ? TemplateSet.MediaTypeOf(type).ToString() : TemplateSet.Json;
}
