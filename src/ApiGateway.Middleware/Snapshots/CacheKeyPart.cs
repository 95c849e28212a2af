using System.Runtime.InteropServices;

namespace ApiGateway.Middleware.Snapshots;

/// <summary>A value of the request that cached answers depend on.</summary>
/// <param name="Place">Where it comes from.</param>
/// <param name="Name">Its name there.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct CacheKeyPart(CacheKeyPlace Place, string Name);
