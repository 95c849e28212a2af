namespace LambdaProxy;

/// <summary>The answer of a function.</summary>
internal sealed record ProxyResponse(int StatusCode, Dictionary<string, string> Headers, string Body);
