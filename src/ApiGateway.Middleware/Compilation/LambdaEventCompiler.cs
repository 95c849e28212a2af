using System.Collections.Frozen;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using ApiGateway.Middleware.Snapshots;

namespace ApiGateway.Middleware.Compilation;

/// <summary>Writes what is the same in each event of a route. Source: "Input format of a Lambda function for proxy integration".</summary>
internal static class LambdaEventCompiler
{
    public static LambdaEventPlan Compile(RouteSource route, StageSnapshot stage)
    {
        var api = stage.Api;
        var operation = route.OperationName is { } name ? $"\"operationName\":{Quoted(name)}," : "";
        return new LambdaEventPlan
        {
            Start = Bytes($"{{\"resource\":{Quoted(route.ResourcePath)},\"path\":"),
            StageVariables = Bytes(Map(stage.Variables)),
            ContextStart = Bytes(
                $"{{\"resourceId\":{Quoted(route.ResourceId)},\"resourcePath\":{Quoted(route.ResourcePath)},{operation}\"httpMethod\":"),

            // The service says HTTP/1.1 whatever the client speaks.
            ContextMiddle = Bytes(
                $",\"accountId\":{Quoted(api.AccountId)},\"protocol\":\"HTTP/1.1\",\"stage\":{Quoted(stage.Name)},\"domainPrefix\":"),
            ContextEnd = Bytes($",\"deploymentId\":{Quoted(api.DeploymentId)},\"apiId\":{Quoted(api.Id)}}}"),
        };
    }

    /// <summary>Compiles the fixed parts of format 2.0, which HTTP APIs use.</summary>
    /// <param name="routeKey">The route's key as it was configured.</param>
    /// <param name="stage">The stage.</param>
    public static LambdaHttpEventPlan CompileHttp(string routeKey, StageSnapshot stage) => new()
    {
        Start = Bytes($"{{\"version\":\"2.0\",\"routeKey\":{Quoted(routeKey)},\"rawPath\":"),
        PathPrefix = stage.Name == StageSnapshot.Default ? "" : "/" + stage.Name,
        ContextStart = Bytes(
            $",\"requestContext\":{{\"accountId\":{Quoted(stage.Api.AccountId)},\"apiId\":{Quoted(stage.Api.Id)},\"domainName\":"),
        ContextEnd = Bytes($",\"routeKey\":{Quoted(routeKey)},\"stage\":{Quoted(stage.Name)},\"time\":\""),
        StageVariables = Bytes(stage.Variables.Count == 0 ? "" : $",\"stageVariables\":{Map(stage.Variables)}"),
    };

    /// <summary>Compiles the fixed parts of format 1.0 that an authorizer of an HTTP API gets.</summary>
    /// <param name="routeKey">The route's key as it was configured.</param>
    /// <param name="resource">The route's path, or <c>$default</c>.</param>
    /// <param name="stage">The stage.</param>
    public static LambdaEventPlan CompileHttpAuthorizer(string routeKey, string resource, StageSnapshot stage) => new()
    {
        Start = Bytes($"{{\"version\":\"1.0\",\"type\":\"REQUEST\",\"resource\":{Quoted(resource)},\"path\":"),
        StageVariables = Bytes(Map(stage.Variables)),
        ContextStart = Bytes(
            $"{{\"accountId\":{Quoted(stage.Api.AccountId)},\"apiId\":{Quoted(stage.Api.Id)},\"resourceId\":{Quoted(routeKey)},\"resourcePath\":{Quoted(resource)},"
            + $"\"stage\":{Quoted(stage.Name)},\"httpMethod\":"),
        ContextMiddle = [],
        ContextEnd = [],
    };

    /// <summary>Compiles the fixed parts of format 1.0 as HTTP APIs have it.</summary>
    /// <param name="routeKey">The route's key as it was configured.</param>
    /// <param name="path">The route's path, or <c>$default</c>.</param>
    /// <param name="stage">The stage.</param>
    public static LambdaEventPlan CompileHttpFormat1(string routeKey, string path, StageSnapshot stage) => new()
    {
        Start = Bytes($"{{\"version\":\"1.0\",\"resource\":{Quoted(path)},\"path\":"),
        StageVariables = Bytes(Map(stage.Variables)),
        ContextStart = Bytes(
            $",\"requestContext\":{{\"accountId\":{Quoted(stage.Api.AccountId)},\"apiId\":{Quoted(stage.Api.Id)},\"authorizer\":"),
        ContextMiddle = Bytes(",\"protocol\":\"HTTP/1.1\",\"requestId\":"),
        ContextEnd = Bytes($",\"resourceId\":{Quoted(routeKey)},\"resourcePath\":{Quoted(path)},\"stage\":{Quoted(stage.Name)}}}"),
    };

    /// <summary>Compiles the fixed parts of the events of a WebSocket API.</summary>
    /// <param name="routeKey">The route's key.</param>
    /// <param name="readsAnswer">Whether the route answers, or opens connections.</param>
    /// <param name="stage">The stage.</param>
    public static MessageEventPlan CompileMessage(string routeKey, bool readsAnswer, StageSnapshot stage) => new()
    {
        ContextStart = Bytes($"\"requestContext\":{{\"routeKey\":{Quoted(routeKey)}"),
        ContextMiddle = Bytes($",\"messageDirection\":\"IN\",\"stage\":{Quoted(stage.Name)},\"connectedAt\":"),
        ContextEnd = Bytes($",\"apiId\":{Quoted(stage.Api.Id)}}}"),
        StageVariables = Bytes(stage.Variables.Count == 0 ? "" : $"\"stageVariables\":{Map(stage.Variables)},"),
        AuthorizerVariables = Bytes(stage.Variables.Count == 0 ? "{}" : Map(stage.Variables)),
        ReadsAnswer = readsAnswer,
    };

    private static string Map(FrozenDictionary<string, string> values) => values.Count == 0
        ? "null"
        : $"{{{string.Join(',', values.OrderBy(static item => item.Key, StringComparer.Ordinal).Select(static item => $"{Quoted(item.Key)}:{Quoted(item.Value)}"))}}}";

    private static string Quoted(string text) => $"\"{JsonEncodedText.Encode(text, JavaScriptEncoder.UnsafeRelaxedJsonEscaping)}\"";

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);
}
