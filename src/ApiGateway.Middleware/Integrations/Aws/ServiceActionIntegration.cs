using System.Globalization;
using ApiGateway.Middleware.Context;
using ApiGateway.Middleware.Contracts;
using ApiGateway.Middleware.Responses;
using ApiGateway.Middleware.Snapshots;
using ApiGateway.Middleware.Telemetry;
using Microsoft.Extensions.Logging;

namespace ApiGateway.Middleware.Integrations.Aws;

/// <summary>Asks an AWS service for an action by name: what the application has registered for it, or the service itself.</summary>
internal sealed class ServiceActionIntegration(
    AwsServiceIntegration services, GatewayResponseWriter responses, GatewayMetrics metrics, TimeProvider time,
    ILogger<ServiceActionIntegration> logger)
{
    private const string Region = "Region";
    private const int MinStatus = 200;
    private const int MaxStatus = 599;

    public async Task InvokeAsync(GatewayContext context, ServiceActionPlan plan)
    {
        if (plan.Action is null && plan.Call is null)
        {
            context.Trace?.ConfigurationError($"Nothing carries out '{plan.Subtype}'");
            await responses.RejectAsync(context, GatewayRefusal.ConfigurationError);
            return;
        }

        if (plan.ReadsBody && !await context.Body.HoldAsync(context, ManagedLimits.PayloadBytes))
        {
            await responses.RejectAsync(context, GatewayRefusal.RequestTooLarge);
            return;
        }

        if (Evaluate(context, plan) is not { } values)
        {
            await responses.RejectAsync(context, GatewayRefusal.BadRequest);
            return;
        }

        await (plan.Action is { } action ? ActAsync(context, plan, action, values) : CallAsync(context, plan, plan.Call!, values));
    }

    /// <summary>Finds the values, or gives <see langword="null"/> if one that must be there is not.</summary>
    private static Dictionary<string, string>? Evaluate(GatewayContext context, ServiceActionPlan plan)
    {
        var source = new RequestValues(context);
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var parameter in plan.Parameters)
        {
            if (source.Find(parameter.Value) is { Length: > 0 } value)
            {
                values[parameter.Name] = value;
            }
            else if (parameter.IsRequired)
            {
                return null;
            }
        }

        return values;
    }

    private async Task ActAsync(GatewayContext context, ServiceActionPlan plan, ServiceAction action, Dictionary<string, string> values)
    {
        var request = new ServiceActionRequest
        {
            Subtype = plan.Subtype,
            Parameters = values,
            Region = values.GetValueOrDefault(Region, plan.Region),
            CredentialsArn = plan.CredentialsArn,
            RequestId = context.RequestId,
        };
        var token = context.Timeout.Arm(plan.Timeout, time, context.Http.RequestAborted);
        ServiceActionResult result;
        try
        {
            var startedAt = metrics.StartIntegration(context.Names);

            // An action need not look at its token; the client is answered in time all the same.
            result = await action(request, token).AsTask().WaitAsync(token);
            context.IntegrationLatency = metrics.IntegrationAnswered(context.Names, startedAt);
            context.IntegrationStatus = result.StatusCode;
        }
        catch (Exception exception)
        {
            await FailAsync(context, plan, exception);
            return;
        }

        if (result is not { StatusCode: >= MinStatus and <= MaxStatus })
        {
            await FailAsync(context, plan, new InvalidOperationException(
                string.Create(CultureInfo.InvariantCulture, $"The action's status must be from {MinStatus} to {MaxStatus}, but is {result?.StatusCode}.")));
            return;
        }

        context.Http.Response.Headers.ContentType = result.ContentType;
        await MethodResponseWriter.RespondAsync(context, result.StatusCode, result.Body);
    }

    private async Task CallAsync(GatewayContext context, ServiceActionPlan plan, AwsServicePlan call, Dictionary<string, string> values)
    {
        ServiceActionBody.Write(context.BeginOutgoing().BeginBody(), plan, values);
        var answer = context.BeginAnswer();
        await services.InvokeAsync(context, call);
        if (answer.IsFilled)
        {
            if (answer.Headers.TryGet("Content-Type", out var type))
            {
                context.Http.Response.Headers.ContentType = type;
            }

            await MethodResponseWriter.RespondAsync(context, answer.Status, answer.Body.WrittenMemory);
        }
    }

    private Task FailAsync(GatewayContext context, ServiceActionPlan plan, Exception exception)
    {
        if (context.Http.RequestAborted.IsCancellationRequested)
        {
            return Task.CompletedTask;
        }

        if (context.Timeout.IsTimeUp)
        {
            Log.BackendTooSlow(logger, context.Route.Key, plan.Timeout.TotalMilliseconds, context.RequestId);
            return responses.RejectAsync(context, GatewayRefusal.IntegrationTimeout);
        }

        Log.ServiceActionFailed(logger, exception, plan.Subtype, context.Route.Key, context.RequestId);
        return responses.RejectAsync(context, GatewayRefusal.InternalServerError);
    }
}
