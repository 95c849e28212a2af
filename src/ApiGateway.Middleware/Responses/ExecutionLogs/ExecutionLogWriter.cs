using ApiGateway.Middleware.Context;
using ApiGateway.Middleware.Contracts;
using ApiGateway.Middleware.Snapshots;
using ApiGateway.Middleware.Telemetry;
using Microsoft.Extensions.Logging;

namespace ApiGateway.Middleware.Responses.ExecutionLogs;

/// <summary>Writes what each step made of an event of a connection, where its route has it so.</summary>
/// <param name="loggers">Make one for each stage.</param>
/// <param name="time">The clock.</param>
internal sealed class ExecutionLogWriter(ILoggerFactory loggers, TimeProvider time)
{
    private static readonly EventId Event = new(EventIds.Responses + 91, "ExecutionLog");

    private readonly StageLoggers<StageSnapshot> _loggers = new(stage => loggers.CreateLogger($"ApiGateway.ExecutionLog.{stage.Api.Id}.{stage.Name}"));

    /// <summary>Begins with an event.</summary>
    public void Begin(GatewayContext context, ExecutionLogPlan plan)
    {
        if (_loggers.Of(context.Stage).IsEnabled(LevelOf(plan.Level == ExecutionLogLevel.Error)))
        {
            context.Trace = new ExecutionTrace(time) { TellsData = plan.TellsData };
            context.Trace.Event(context);
        }
    }

    /// <summary>Writes the lines of an event that has ended.</summary>
    /// <param name="context">The event.</param>
    /// <param name="plan">What is told.</param>
    /// <param name="answer">What the client gets.</param>
    /// <param name="status">The status.</param>
    public void End(GatewayContext context, ExecutionLogPlan plan, ReadOnlySpan<byte> answer, int status)
    {
        if (context.Trace is not { } trace)
        {
            return;
        }

        trace.EventEnded(context, answer, status);
        if (plan.Level == ExecutionLogLevel.Error && !trace.HasFailed)
        {
            return;
        }

        var logger = _loggers.Of(context.Stage);
        var level = LevelOf(trace.HasFailed);
        foreach (var line in trace.Lines)
        {
            logger.Log(level, Event, (context.RequestId, line.Text), null, static (line, _) => $"({line.RequestId}) {line.Text}");
        }
    }

    private static LogLevel LevelOf(bool isFailure) => isFailure ? LogLevel.Error : LogLevel.Information;
}
