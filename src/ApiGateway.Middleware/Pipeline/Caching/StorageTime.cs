using System.Runtime.InteropServices;

namespace ApiGateway.Middleware.Pipeline.Caching;

/// <summary>How long an answer is kept. The default keeps nothing.</summary>
/// <param name="Fresh">For how long it is given without asking the backend.</param>
/// <param name="Kept">For how long it is kept at all.</param>
/// <param name="Age">How old it was when it came.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct StorageTime(TimeSpan Fresh, TimeSpan Kept, TimeSpan Age)
{
    public bool IsKept => Kept > TimeSpan.Zero;
}
