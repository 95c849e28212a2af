using System.Security.Cryptography;
using System.Text;
using ApiGateway.Middleware.Contracts;
using StackExchange.Redis;

namespace ApiGateway.Middleware.Redis.Throttling;

/// <summary>The names of a limit's buckets: <c>{gw:api:plan or stage:hash of the caller}:t:hash of the limit's name</c>.</summary>
/// <remarks>What is between the braces tells a cluster where a key lives: all that one caller has in one plan or stage lives together.</remarks>
internal sealed class ThrottleKey
{
    private const int NameBytes = 8;
    private const int CallerBytes = 16;

    private readonly string _start;
    private readonly string _caller;
    private readonly string _end;

    public ThrottleKey(string prefix, ThrottleLimit limit)
    {
        _start = $"{prefix}{{gw:{limit.ApiId}:{Uri.EscapeDataString(limit.Owner)}:";
        _caller = limit.Caller.Length == 0 ? "" : HashOf(limit.Caller, CallerBytes);
        _end = $"}}:t:{HashOf(limit.Name, NameBytes)}";
    }

    /// <summary>Gets the name of an account: its past days have <c>u</c> and the day's number in place of <c>q</c>.</summary>
    public static RedisKey Of(string prefix, UsageAccount account) =>
        $"{prefix}{{gw::{Uri.EscapeDataString(account.UsagePlanId)}:{HashOf(account.KeyId, CallerBytes)}}}:q";

    public RedisKey Of(UInt128 key) => key == UInt128.Zero
        ? $"{_start}{_caller}{_end}"
        : $"{_start}{key:x32}{_end}";

    private static string HashOf(string text, int bytes) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, bytes));
}
