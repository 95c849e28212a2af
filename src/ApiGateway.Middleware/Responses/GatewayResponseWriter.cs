using System.Text;
using ApiGateway.Middleware.Context;
using ApiGateway.Middleware.Contracts;
using ApiGateway.Middleware.Snapshots;
using ApiGateway.Middleware.Telemetry;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace ApiGateway.Middleware.Responses;

/// <summary>Writes the gateway's own answers, and counts and logs refusals, so that no step can forget to.</summary>
internal sealed class GatewayResponseWriter(GatewayMetrics metrics, ILogger<GatewayResponseWriter> logger)
{
    private const string DefaultContentType = "application/json";

    /// <summary>Answers the request with <paramref name="refusal"/>; if an answer has begun already, breaks it off.</summary>
    public Task RejectAsync(GatewayContext context, GatewayRefusal refusal)
    {
        var plan = PlanOf(context, refusal);
        var answer = context.Api.Errors?[refusal.Case];
        var status = plan?.StatusCode ?? answer?.StatusCode ?? refusal.StatusCode;
        context.Error = answer is null ? refusal.Error : refusal.ErrorOf(answer);
        var type = refusal.TypeOf(answer);
        metrics.Rejected(context.Names, type);
        if (context.Trace is { HasFailed: false } trace)
        {
            // The step had nothing more to say.
            trace.Failed($"Execution failed: {type.ToName()}, {refusal.Message}");
        }

        if (logger.IsEnabled(LogLevel.Debug))
        {
            var reason = type.ToName();
            Log.Rejected(
                logger, status, reason, context.Api.Name, context.Stage?.Name, context.MatchedRoute?.Key, context.RequestId);
        }

        var response = context.Http.Response;
        if (response.HasStarted)
        {
            // Too late for another status. An abort is the only way to tell the client that the body is not whole.
            context.Http.Abort();
            return Task.CompletedTask;
        }

        response.StatusCode = status;
        if (context.Api.Errors is null or { HasErrorTypes: true })
        {
            response.Headers[HeaderNames.ErrorType] = refusal.ErrorType;
        }

        if (refusal.Challenge is { } challenge)
        {
            response.Headers.WWWAuthenticate = challenge;
        }

        if (context.Api.Cors is { } cors)
        {
            // Here as well as in the step: without these headers, browsers hide the reason of a refusal from scripts.
            CorsHeaders.Add(context.Http, cors);
        }

        if (plan is not null)
        {
            CustomizedResponse.Write(context, plan);
        }
        else if (context.Api.ErrorFormat == ErrorFormat.ProblemDetails)
        {
            WriteProblem(context, answer is null ? refusal.ProblemStart : answer.ProblemStart);
        }
        else if (answer is not null)
        {
            ResponseBody.Write(context.Http, answer.ContentType, answer.Body);
        }
        else if (refusal.DefaultBody.IsEmpty)
        {
            response.ContentLength = 0;
        }
        else
        {
            ResponseBody.Write(context.Http, DefaultContentType, refusal.DefaultBody);
        }

        return Task.CompletedTask;
    }

    /// <summary>Answers a preflight in place of a method of the resource. For an origin that is not allowed, the answer says nothing.</summary>
    public static Task AnswerPreflightAsync(GatewayContext context, CorsPlan cors, PreflightPlan preflight)
    {
        context.Http.Response.StatusCode = StatusCodes.Status204NoContent;
        CorsHeaders.AddPreflight(context.Http, cors, preflight);
        return Task.CompletedTask;
    }

    // Customized answers belong to the deployment of a stage: where there is no stage, there are none.
    private static GatewayResponsePlan? PlanOf(GatewayContext context, GatewayRefusal refusal) =>
        refusal.IsCustomizable && context.Selection.Stage is not null && context.Api.GatewayResponses is { } plans ? plans[(int)refusal.Type] : null;

    private static void WriteProblem(GatewayContext context, ReadOnlySpan<byte> start)
    {
        const int LongestId = 36;

        // Ids need no escapes.
        var id = context.RequestId;
        Span<byte> end = stackalloc byte[LongestId + ProblemDetails.End.Length];
        Encoding.ASCII.GetBytes(id, end);
        ProblemDetails.End.CopyTo(end[id.Length..]);
        ResponseBody.Write(context.Http, ProblemDetails.ContentType, start, end[..(id.Length + ProblemDetails.End.Length)]);
    }
}
