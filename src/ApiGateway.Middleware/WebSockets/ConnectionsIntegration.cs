using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using ApiGateway.Middleware.Context;
using ApiGateway.Middleware.Contracts;
using ApiGateway.Middleware.Integrations;
using ApiGateway.Middleware.Responses;
using ApiGateway.Middleware.WebSockets.Connections;
using Microsoft.AspNetCore.Http;

namespace ApiGateway.Middleware.WebSockets;

/// <summary>Answers <c>@connections</c>. Source: "Use @connections commands in your backend service".</summary>
internal sealed class ConnectionsIntegration(
    ConnectionHost connections, RegistryHealth health, GatewayResponseWriter responses, int maxMessageBytes) : IIntegration
{
    private const string Time = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";

    private static readonly JsonWriterOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public Task InvokeAsync(GatewayContext context)
    {
        var id = context.TextOf(context.Route.PathVariables[0]);
        if (!ConnectionIds.IsWellFormed(id))
        {
            return responses.RejectAsync(context, GatewayRefusal.InvalidConnectionId(id, context.RequestId));
        }

        return context.MethodName switch
        {
            "POST" => PostAsync(context, id),
            "GET" => GetAsync(context, id),
            _ => DeleteAsync(context, id),
        };
    }

    private async Task PostAsync(GatewayContext context, string id)
    {
        if (!await context.Body.HoldAsync(context, maxMessageBytes))
        {
            await responses.RejectAsync(context, GatewayRefusal.MessageTooLarge);
            return;
        }

        var outcome = await connections.PostAsync(context.Api.Id, context.Stage.Name, id, context.Body.Bytes, context.Http.RequestAborted);
        await AnswerAsync(context, outcome, StatusCodes.Status200OK);
    }

    private async Task DeleteAsync(GatewayContext context, string id)
    {
        var outcome = await connections.CloseAsync(context.Api.Id, context.Stage.Name, id, context.Http.RequestAborted);
        await AnswerAsync(context, outcome, StatusCodes.Status204NoContent);
    }

    private async Task GetAsync(GatewayContext context, string id)
    {
        ConnectionEntry? entry;
        try
        {
            entry = await connections.FindAsync(context.Api.Id, context.Stage.Name, id, context.Http.RequestAborted);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            health.Failed(exception);
            await responses.RejectAsync(context, GatewayRefusal.ConnectionUnreachable);
            return;
        }

        if (entry is null)
        {
            await responses.RejectAsync(context, GatewayRefusal.ConnectionGone);
            return;
        }

        context.Http.Response.ContentType = "application/json";
        await using var json = new Utf8JsonWriter(context.Http.Response.BodyWriter, Json);
        json.WriteStartObject();
        json.WriteString("connectedAt", entry.ConnectedAt.UtcDateTime.ToString(Time, CultureInfo.InvariantCulture));
        json.WriteStartObject("identity");
        if (entry.SourceIp is { } address)
        {
            json.WriteString("sourceIp", address);
        }

        if (entry.UserAgent is { } agent)
        {
            json.WriteString("userAgent", agent);
        }

        json.WriteEndObject();
        json.WriteString("lastActiveAt", entry.LastActiveAt.UtcDateTime.ToString(Time, CultureInfo.InvariantCulture));
        json.WriteEndObject();
    }

    private Task AnswerAsync(GatewayContext context, ConnectionOutcome outcome, int status)
    {
        switch (outcome)
        {
            case ConnectionOutcome.Delivered:
                context.Http.Response.StatusCode = status;
                context.Http.Response.ContentLength = status == StatusCodes.Status200OK ? 0 : null;
                return Task.CompletedTask;
            case ConnectionOutcome.Gone:
                return responses.RejectAsync(context, GatewayRefusal.ConnectionGone);
            case ConnectionOutcome.TooLarge:
                return responses.RejectAsync(context, GatewayRefusal.MessageTooLarge);
            case ConnectionOutcome.Limited:
                return responses.RejectAsync(context, GatewayRefusal.ConnectionLimited);
            default:
                return responses.RejectAsync(context, GatewayRefusal.ConnectionUnreachable);
        }
    }
}
