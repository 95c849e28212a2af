using System.Text.Encodings.Web;
using ApiGateway.Middleware.Buffers.Counting;
using ApiGateway.Middleware.Context;
using ApiGateway.Middleware.Contracts;
using ApiGateway.Middleware.Languages.Expressions;
using ApiGateway.Middleware.Snapshots;
using ApiGateway.Middleware.Telemetry;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;

namespace ApiGateway.Middleware.Responses.AccessLogs;

/// <summary>Writes one line for each request to a stage that has an access log, and for each event of its connections.</summary>
/// <param name="log">Takes the lines.</param>
/// <param name="time">The clock.</param>
/// <param name="logger">Is told where that fails.</param>
internal sealed class AccessLogWriter(IAccessLog log, TimeProvider time, ILogger<AccessLogWriter> logger)
{
    private const string None = "-";
    private const int UsualLength = 512;

    /// <summary>Begins with an event of a connection, which has no response whose bytes could be counted.</summary>
    public static void Begin(GatewayContext context)
    {
        // The time of arrival, not of whoever asks first.
        _ = context.ReceivedAt;
    }

    /// <summary>Begins with a request.</summary>
    public static void Begin(GatewayContext context, AccessLogPlan plan)
    {
        Begin(context);
        if (plan.CountsBytes && context.Http.Features.Get<IHttpResponseBodyFeature>() is { } body)
        {
            context.Http.Features.Set<IHttpResponseBodyFeature>(context.Counted = new CountedResponse(body));
        }
    }

    /// <summary>Writes the line. Never fails.</summary>
    /// <param name="context">The request.</param>
    /// <param name="plan">The form of the line.</param>
    /// <param name="status">How it was answered.</param>
    public void End(GatewayContext context, AccessLogPlan plan, int status)
    {
        if (context.Counted is { } counted)
        {
            context.Http.Features.Set(counted.Inner);
        }

        try
        {
            log.Write(plan.Stage, Render(new AccessLogEntry(context, status, time.GetElapsedTime(context.StartedAt)), plan));
        }
        catch (Exception exception)
        {
            Log.AccessLogFailed(logger, exception, plan.Stage.ApiName, plan.Stage.Name);
        }
    }

    private static string Render(in AccessLogEntry entry, AccessLogPlan plan)
    {
        var line = new TextBuilder(stackalloc char[UsualLength]);
        try
        {
            foreach (ref readonly var part in plan.Parts.AsSpan())
            {
                if (!part.IsVariable)
                {
                    line.Append(part.Text);
                }
                else if (AccessLogVariables.Find(entry, part.Text) is { Length: > 0 } value)
                {
                    Append(part.IsEscaped ? JavaScriptEncoder.UnsafeRelaxedJsonEscaping.Encode(value) : value, ref line);
                }
                else
                {
                    line.Append(None);
                }
            }

            return line.Text.ToString();
        }
        finally
        {
            line.Dispose();
        }
    }

    // A caller must not begin another line.
    private static void Append(string value, ref TextBuilder line)
    {
        var start = line.Length;
        line.Append(value);
        foreach (ref var c in line.Written[start..])
        {
            if (char.IsControl(c))
            {
                c = ' ';
            }
        }
    }
}
