using Microsoft.Extensions.Primitives;

namespace ApiGateway.Middleware.Snapshots;

/// <summary>An answer of a MOCK that was worked out when the plan was made, because nothing in it depends on the request.</summary>
/// <param name="ContentType">The content type of requests that it is for.</param>
/// <param name="Status">The status.</param>
/// <param name="Headers">The headers, with the content type.</param>
/// <param name="Body">The body.</param>
internal sealed record MockAnswer(string ContentType, int Status, KeyValuePair<string, StringValues>[] Headers, ReadOnlyMemory<byte> Body);
