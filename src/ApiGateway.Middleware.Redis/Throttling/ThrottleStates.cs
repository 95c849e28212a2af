using System.Runtime.CompilerServices;
using ApiGateway.Middleware.Contracts;
using ApiGateway.Middleware.Redis.Connection;

namespace ApiGateway.Middleware.Redis.Throttling;

/// <summary>What is made of limits and accounts once; it goes with the definition that they are of.</summary>
internal sealed class ThrottleStates
{
    private readonly ConditionalWeakTable<ThrottleLimit, LimitState> _limits = [];
    private readonly ConditionalWeakTable<UsageAccount, AccountState> _accounts = [];
    private readonly ConditionalWeakTable<ThrottleLimit, LimitState>.CreateValueCallback _createLimit;
    private readonly ConditionalWeakTable<UsageAccount, AccountState>.CreateValueCallback _createAccount;

    public ThrottleStates(RedisConnection connection)
    {
        var prefix = connection.KeyPrefix;
        _createLimit = limit => new LimitState(limit, prefix);
        _createAccount = account => new AccountState(account, prefix);
    }

    public LimitState Of(ThrottleLimit limit) => _limits.TryGetValue(limit, out var state) ? state : _limits.GetValue(limit, _createLimit);

    public AccountState Of(UsageAccount account) => _accounts.TryGetValue(account, out var state) ? state : _accounts.GetValue(account, _createAccount);
}
