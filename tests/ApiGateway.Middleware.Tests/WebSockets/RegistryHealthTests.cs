using ApiGateway.Middleware.WebSockets.Connections;
using Microsoft.Extensions.Logging;

namespace ApiGateway.Middleware.Tests.WebSockets;

public sealed class RegistryHealthTests
{
    [Fact]
    public void Failed_Often_IsToldOnceUntilItAnswers()
    {
        var names = new EventNames();
        var health = new RegistryHealth(names);

        health.Answered();
        Parallel.For(0, 100, _ => health.Failed(new IOException("out")));
        var isOut = health.IsOut;
        health.Answered();
        health.Answered();
        health.Failed(new IOException("out again"));

        Assert.True(isOut);
        Assert.Equal(["RegistryFailed", "RegistryBack", "RegistryFailed"], names.Told);
    }

    private sealed class EventNames : ILogger<RegistryHealth>
    {
        public List<string?> Told { get; } = [];

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            lock (Told)
            {
                Told.Add(eventId.Name);
            }
        }
    }
}
