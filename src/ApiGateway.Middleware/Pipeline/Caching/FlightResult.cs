using System.Runtime.InteropServices;
using ApiGateway.Middleware.Contracts;

namespace ApiGateway.Middleware.Pipeline.Caching;

/// <summary>What came of a call for which others have waited. The default is a failure.</summary>
/// <param name="Response">The answer, if it is for all.</param>
/// <param name="IsForOneAlone">Whether there is an answer that only who has asked may get.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct FlightResult(CachedResponse? Response, bool IsForOneAlone);
