using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace ApiGateway.Middleware.Redis.Tests.Harness;

/// <summary>Keeps what was logged, with the messages of exceptions.</summary>
internal sealed class LogLines : ILoggerProvider, ILogger
{
    public ConcurrentQueue<string> All { get; } = [];

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        All.Enqueue($"{eventId.Name}: {formatter(state, exception)} {exception?.Message}");

    public void Dispose()
    {
    }
}
