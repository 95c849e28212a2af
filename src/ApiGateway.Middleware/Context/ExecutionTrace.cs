using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace ApiGateway.Middleware.Context;

/// <summary>The execution log of one request: what each step got and what it made of it.</summary>
/// <remarks>
/// Steps write to it where the context has one; in most requests it has none. Lines and their order are those of the managed service.
/// Not safe for threads, as the request that it belongs to is not. Source: "Set up CloudWatch logging for REST APIs in API Gateway".
/// </remarks>
internal sealed class ExecutionTrace(TimeProvider time)
{
    private readonly List<TraceLine> _lines = [];
    private long _sentAt;

    /// <summary>Gets the lines so far.</summary>
    public IReadOnlyList<TraceLine> Lines => _lines;

    /// <summary>Gets whether bodies, headers and parameters are told.</summary>
    public bool TellsData { get; init; } = true;

    /// <summary>Gets whether a line says why the request failed.</summary>
    public bool HasFailed { get; private set; }

    /// <summary>Writes what came in. The body has to be held.</summary>
    /// <param name="context">The request.</param>
    /// <param name="headers">Its headers.</param>
    public void MethodRequest(GatewayContext context, IEnumerable<KeyValuePair<string, StringValues>> headers)
    {
        Write($"Starting execution for request: {context.RequestId}");
        Write($"HTTP Method: {context.Http.Request.Method}, Resource Path: {context.Route.ResourcePath}");
        if (TellsData)
        {
            Write($"Method request path: {TraceText.Path(context)}");
            Write($"Method request query string: {TraceText.Query(context.Target.Query)}");
            Write($"Method request headers: {TraceText.Headers(headers)}");
            Write($"Method request body before transformations: {TraceText.Body(context.Body.Bytes.Span)}");
        }
    }

    /// <summary>Writes what has come by a connection.</summary>
    public void Event(GatewayContext context)
    {
        Write($"Starting execution for request: {context.RequestId}");
        Write($"Event: {EventNames.Of(context.EventType)}, Connection: {context.Connection!.ConnectionId}, Route: {context.MatchedRoute?.Key ?? "none"}");
        if (TellsData)
        {
            Write($"Request body before transformations: {TraceText.Body(context.Body.Bytes.Span)}");
        }
    }

    /// <summary>Writes what became of it.</summary>
    /// <param name="context">The event.</param>
    /// <param name="answer">What the client gets.</param>
    /// <param name="status">The status.</param>
    public void EventEnded(GatewayContext context, ReadOnlySpan<byte> answer, int status)
    {
        if (context.Error is { } error && !HasFailed)
        {
            Failed($"Execution failed: {error.Message}");
        }

        if (!HasFailed)
        {
            if (TellsData)
            {
                Write($"Response body after transformations: {TraceText.Body(answer)}");
            }

            Write("Successfully completed execution");
        }

        Write($"Completed with status: {status}");
    }

    /// <summary>Writes what the API's policy says of the request, which a test call does not enforce.</summary>
    public void ResourcePolicy(string explanation)
    {
        foreach (var line in explanation.AsSpan().EnumerateLines())
        {
            Write($"Resource policy, not enforced here: {line.Trim()}");
        }
    }

    /// <summary>Writes what goes to the backend, right before it is sent.</summary>
    public void EndpointRequest(HttpRequestMessage request, ReadOnlySpan<byte> body)
    {
        Write($"Endpoint request URI: {request.RequestUri}");
        if (TellsData)
        {
            Write($"Endpoint request headers: {TraceText.Cut(TraceText.Headers(request.Headers, request.Content?.Headers))}");
            Write($"Endpoint request body after transformations: {TraceText.Body(body)}");
        }

        Write($"Sending request to {request.RequestUri}");
        _sentAt = time.GetTimestamp();
    }

    /// <summary>Writes what the backend answered.</summary>
    public void EndpointResponse(HttpResponseMessage response, ReadOnlySpan<byte> body)
    {
        WriteReceived((int)response.StatusCode);
        if (TellsData)
        {
            Write($"Endpoint response headers: {TraceText.Headers(response.Headers, response.Content.Headers)}");
            Write($"Endpoint response body before transformations: {TraceText.Body(body)}");
        }
    }

    /// <summary>Writes the event that goes to a function, right before it is sent.</summary>
    public void FunctionRequest(GatewayContext context, string function, ReadOnlySpan<byte> @event)
    {
        Write($"Endpoint request URI: {function}");
        if (TellsData)
        {
            Write($"Endpoint request body after transformations: {TraceText.Event(context, @event)}");
        }

        Write($"Sending request to {function}");
        _sentAt = time.GetTimestamp();
    }

    /// <summary>Writes what a function answered.</summary>
    public void FunctionResponse(int status, ReadOnlySpan<byte> body)
    {
        WriteReceived(status);
        if (TellsData)
        {
            Write($"Endpoint response body before transformations: {TraceText.Body(body)}");
        }
    }

    /// <summary>Writes why the definition, and not the caller, is at fault.</summary>
    public void ConfigurationError(string reason) => Failed($"Execution failed due to configuration error: {reason}");

    /// <summary>Writes why the request is refused.</summary>
    public void Failed(string line)
    {
        HasFailed = true;
        Write(line);
    }

    /// <summary>Writes what the client gets. Of a request that failed, nothing but the status.</summary>
    /// <param name="response">The response, complete.</param>
    /// <param name="body">Its body.</param>
    public void MethodResponse(HttpResponse response, ReadOnlySpan<byte> body)
    {
        if (!HasFailed)
        {
            if (TellsData)
            {
                Write($"Method response body after transformations: {TraceText.Body(body)}");
                Write($"Method response headers: {TraceText.Headers(response.Headers)}");
            }

            Write("Successfully completed execution");
        }

        Write($"Method completed with status: {response.StatusCode}");
    }

    private void WriteReceived(int status) => Write(
        $"Received response. Status: {status}, Integration latency: {(long)time.GetElapsedTime(_sentAt).TotalMilliseconds} ms");

    private void Write(string text) => _lines.Add(new TraceLine(time.GetUtcNow(), text));
}
