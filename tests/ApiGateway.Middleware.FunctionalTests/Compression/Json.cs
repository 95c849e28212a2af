using System.Text.Json.Serialization;

namespace ApiGateway.Middleware.FunctionalTests.Compression;

[JsonSerializable(typeof(string))]
internal sealed partial class Json : JsonSerializerContext;
