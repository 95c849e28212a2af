using System.Buffers;
using System.Collections.Concurrent;
using System.IO.Pipelines;
using System.Net;
using ApiGateway.Middleware.Contracts;
using ApiGateway.Middleware.Integrations.Http;
using ApiGateway.Middleware.Signing;

namespace ApiGateway.Middleware.Integrations.Lambda;

/// <summary>
/// Calls functions through the Lambda API, as AWS, its runtime interface emulator and local tools offer it. Source: "Invoke" and
/// "InvokeWithResponseStream" in the AWS Lambda API reference.
/// </summary>
internal sealed class InvokeApiClient(BackendClients clients, InvokeApiSettings settings, TimeProvider time)
{
    private const string Service = "lambda";
    private const string EventStream = "application/vnd.amazon.eventstream";
    private const int Piece = 16 * 1024;

    /// <summary>The largest event in bytes. Source: "Lambda quotas" in the AWS Lambda developer guide.</summary>
    private const int MaxPayload = 6 * 1024 * 1024;

    private static readonly LambdaInvocationResult TooLarge = new() { StatusCode = 413, ErrorType = "RequestTooLargeException" };

    // One entry for each function that definitions name.
    private readonly ConcurrentDictionary<string, InvokeTarget?> _targets = new(StringComparer.Ordinal);
    private readonly RequestSigner _signer = new();

    public bool CanInvoke(LambdaFunctionName function) => TargetOf(function) is not null;

    public async ValueTask<LambdaInvocationResult> InvokeAsync(
        LambdaInvocation invocation, IBufferWriter<byte> answer, CancellationToken cancellationToken)
    {
        if (invocation.Payload.Length > MaxPayload)
        {
            // As AWS answers; local tools would take it.
            return TooLarge;
        }

        var target = KnownTargetOf(invocation.Function);
        using var request = await CreateAsync(target, target.Invoke, invocation, cancellationToken);
        using var response = await clients.Verified.SendAsync(request, cancellationToken);
        var source = await response.Content.ReadAsStreamAsync(cancellationToken);
        while (true)
        {
            var read = await source.ReadAsync(answer.GetMemory(Piece), cancellationToken);
            if (read == 0)
            {
                return ResultOf(response);
            }

            answer.Advance(read);
        }
    }

    public async ValueTask<LambdaInvocationResult> InvokeStreamingAsync(
        LambdaInvocation invocation, PipeWriter answer, CancellationToken cancellationToken)
    {
        var target = KnownTargetOf(invocation.Function);
        using var request = await CreateAsync(target, target.Stream, invocation, cancellationToken);
        using var response = await clients.Verified.SendAsync(request, cancellationToken);
        var result = ResultOf(response);
        if (!result.IsSuccess)
        {
            return result;
        }

        var source = await response.Content.ReadAsStreamAsync(cancellationToken);
        if (response.Content.Headers.ContentType?.MediaType == EventStream)
        {
            return await new EventStreamReader(PipeReader.Create(source)).CopyAsync(answer, cancellationToken);
        }

        // Emulators send the payload without frames.
        while (true)
        {
            var read = await source.ReadAsync(answer.GetMemory(Piece), cancellationToken);
            if (read == 0)
            {
                return result;
            }

            answer.Advance(read);
            if ((await answer.FlushAsync(cancellationToken)).IsCompleted)
            {
                return result;
            }
        }
    }

    private async ValueTask<HttpRequestMessage> CreateAsync(
        InvokeTarget target, Uri uri, LambdaInvocation invocation, CancellationToken cancellationToken)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, uri)
        {
            Content = new ReadOnlyMemoryContent(invocation.Payload),
            Version = HttpVersion.Version11,
        };
        request.Content.Headers.TryAddWithoutValidation("Content-Type", "application/json");
        request.Headers.TryAddWithoutValidation("X-Amz-Invocation-Type", NameOf(invocation.Type));
        if (settings.Credentials is { } source && await source.GetAsync(cancellationToken) is { } credentials)
        {
            _signer.Sign(request, invocation.Payload.Span, credentials, target.Region, Service, time.GetUtcNow());
        }

        // Not signed: what stands between may change it.
        if (invocation.TraceId is { } trace)
        {
            request.Headers.TryAddWithoutValidation("X-Amzn-Trace-Id", trace);
        }

        return request;
    }

    private InvokeTarget KnownTargetOf(LambdaFunctionName function) => TargetOf(function)
        ?? throw new InvalidOperationException($"The function '{function}' can be called nowhere: there is neither an endpoint nor a key for AWS.");

    private InvokeTarget? TargetOf(LambdaFunctionName function)
    {
        var name = function.ToString();
        return _targets.TryGetValue(name, out var target) ? target : _targets.GetOrAdd(name, InvokeTarget.Of(function, settings));
    }

    private static LambdaInvocationResult ResultOf(HttpResponseMessage response) => new()
    {
        StatusCode = (int)response.StatusCode,
        FunctionError = Header(response, "X-Amz-Function-Error"),
        ErrorType = ErrorType(Header(response, "x-amzn-ErrorType")),
    };

    // The type may be followed by the address of its description.
    private static string? ErrorType(string? text)
    {
        var colon = text?.IndexOf(':', StringComparison.Ordinal) ?? -1;
        return colon < 0 ? text : text![..colon];
    }

    private static string? Header(HttpResponseMessage response, string name) =>
        response.Headers.NonValidated.TryGetValues(name, out var values) && values.ToString() is { Length: > 0 } text ? text : null;

    private static string NameOf(LambdaInvocationType type) => type switch
    {
        LambdaInvocationType.Event => "Event",
        LambdaInvocationType.DryRun => "DryRun",
        _ => "RequestResponse",
    };
}
