using ApiGateway.Middleware.Context;
using ApiGateway.Middleware.Responses;
using ApiGateway.Middleware.Snapshots;

namespace ApiGateway.Middleware.Pipeline.Transformation;

/// <content>Where bodies are converted between text and binary.</content>
internal sealed partial class TransformationMiddleware
{
    /// <summary>Converts the request's body, which is held, before parameters and templates read it.</summary>
    /// <returns>Why the request is refused, or <see langword="null"/>.</returns>
    private static GatewayRefusal? ConvertRequest(GatewayContext context, TransformationPlan plan) => null;

    /// <summary>Converts the answer's body after headers are mapped from it and before a template reads it.</summary>
    /// <param name="context">The request.</param>
    /// <param name="response">The integration response, or <see langword="null"/> if it is implied.</param>
    /// <param name="answer">The answer.</param>
    /// <returns>Why the request is refused, or <see langword="null"/>.</returns>
    private static GatewayRefusal? ConvertAnswer(GatewayContext context, IntegrationResponsePlan? response, IntegrationAnswer answer) => null;
}
