using Microsoft.Extensions.Logging;

namespace ApiGateway.Middleware.FunctionalTests.Harness;

internal sealed record LogEntry(LogLevel Level, string EventName, string Message, Exception? Exception);
