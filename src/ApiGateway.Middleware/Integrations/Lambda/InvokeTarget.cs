using ApiGateway.Middleware.Contracts;
using ApiGateway.Middleware.Snapshots;

namespace ApiGateway.Middleware.Integrations.Lambda;

/// <summary>The addresses of one function in the Lambda API.</summary>
internal sealed class InvokeTarget
{
    private InvokeTarget(Uri invoke, Uri stream, string region)
    {
        Invoke = invoke;
        Stream = stream;
        Region = region;
    }

    /// <summary>Gets the address of "Invoke".</summary>
    public Uri Invoke { get; }

    /// <summary>Gets the address of "InvokeWithResponseStream".</summary>
    public Uri Stream { get; }

    /// <summary>Gets the region for which calls are signed.</summary>
    public string Region { get; }

    /// <summary>Finds the addresses, or gives <see langword="null"/> if the function can be called nowhere.</summary>
    public static InvokeTarget? Of(LambdaFunctionName function, InvokeApiSettings settings)
    {
        const string FallbackRegion = "us-east-1";

        var region = function.Region ?? settings.Region ?? FallbackRegion;
        if (OwnEndpoint(function, settings) is { } own)
        {
            return own.AbsolutePath.Length > 1
                ? new InvokeTarget(Whole(own, function), Whole(own, function), settings.Region ?? region)
                : Below(own, function.Name, function, settings.Region ?? region);
        }

        // Without keys, AWS would refuse the call, but would have seen the event.
        if (settings.Credentials is null)
        {
            return null;
        }

        var suffix = function.Partition == "aws-cn" ? "amazonaws.com.cn" : "amazonaws.com";
        return Below(new Uri($"https://lambda.{region}.{suffix}"), function.Arn ?? function.Name, function, region);
    }

    // A function's own address comes before the common one; the closer name wins.
    private static Uri? OwnEndpoint(LambdaFunctionName function, InvokeApiSettings settings)
    {
        string?[] names = [function.InvokedArn, $"{function.Name}:{function.Qualifier}", function.Arn, function.Name];
        foreach (var name in names)
        {
            if (name is not null && settings.Functions.TryGetValue(name, out var found))
            {
                return found;
            }
        }

        return settings.Endpoint;
    }

    private static InvokeTarget Below(Uri endpoint, string name, LambdaFunctionName function, string region)
    {
        var server = endpoint.GetLeftPart(UriPartial.Authority);
        var escaped = Uri.EscapeDataString(name);
        return new InvokeTarget(
            Exact($"{server}/2015-03-31/functions/{escaped}/invocations{Query(function)}"),
            Exact($"{server}/2021-11-15/functions/{escaped}/response-streaming-invocations{Query(function)}"),
            region);
    }

    private static Uri Whole(Uri endpoint, LambdaFunctionName function) =>
        endpoint.Query.Length > 0 ? endpoint : Exact(endpoint.AbsoluteUri + Query(function));

    private static string Query(LambdaFunctionName function) =>
        function.Qualifier is null ? "" : $"?Qualifier={Uri.EscapeDataString(function.Qualifier)}";

    // Escapes must arrive as they were signed.
    private static Uri Exact(string text) => new(text, UriPlan.AsWritten);
}
