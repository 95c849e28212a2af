using System.Text.Json.Serialization;

namespace LambdaProxy;

/// <summary>Serializers made by the compiler.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(ProxyRequest))]
[JsonSerializable(typeof(ProxyResponse))]
internal sealed partial class SampleJson : JsonSerializerContext;
