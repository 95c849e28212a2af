using System.Collections.Concurrent;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;

namespace ApiGateway.Middleware.FunctionalTests.Harness;

/// <summary>Keeps what was logged, and lets a test wait for an event.</summary>
internal sealed class LogSink : ILoggerProvider
{
    private readonly ConcurrentDictionary<string, Channel<LogEntry>> _events = new(StringComparer.Ordinal);

    /// <summary>Gets everything of level warning and above.</summary>
    public ConcurrentQueue<LogEntry> Warnings { get; } = [];

    /// <summary>Gets everything of whatever level.</summary>
    public ConcurrentQueue<LogEntry> All { get; } = [];

    public ILogger CreateLogger(string categoryName) => new Logger(this);

    /// <summary>Takes the next event of a name, in order, and waits until there is one.</summary>
    public Task<LogEntry> NextAsync(string eventName) => ChannelOf(eventName).Reader.ReadAsync().InTime();

    /// <summary>Tells how many events of a name nobody has taken yet.</summary>
    public int Count(string eventName) => ChannelOf(eventName).Reader.Count;

    public void Dispose()
    {
    }

    private Channel<LogEntry> ChannelOf(string eventName) => _events.GetOrAdd(eventName, static _ => Channel.CreateUnbounded<LogEntry>());

    private sealed class Logger(LogSink sink) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            var entry = new LogEntry(logLevel, eventId.Name ?? "", formatter(state, exception), exception);
            sink.All.Enqueue(entry);
            if (logLevel >= LogLevel.Warning)
            {
                sink.Warnings.Enqueue(entry);
            }

            if (eventId.Name is { } name)
            {
                sink.ChannelOf(name).Writer.TryWrite(entry);
            }
        }
    }
}
