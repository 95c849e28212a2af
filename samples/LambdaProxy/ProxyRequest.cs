namespace LambdaProxy;

/// <summary>The part of an event that the function needs.</summary>
internal sealed record ProxyRequest(string Path, Dictionary<string, string>? QueryStringParameters);
