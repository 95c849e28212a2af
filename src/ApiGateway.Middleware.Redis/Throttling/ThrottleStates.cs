using System.Runtime.CompilerServices;
using ApiGateway.Middleware.Contracts;
using ApiGateway.Middleware.Redis.Connection;

namespace ApiGateway.Middleware.Redis.Throttling;

/// <summary>What is made of limits and accounts once; it goes with the definition that they are of.</summary>
internal sealed class ThrottleStates
{
    // Before the tables, which take several times as long: what was found last at a place that the object's own hash chooses.
    private const int Recent = 1024;

    private readonly LimitState?[] _recentLimits = new LimitState?[Recent];
    private readonly AccountState?[] _recentAccounts = new AccountState?[Recent];
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

    public LimitState Of(ThrottleLimit limit)
    {
        ref var recent = ref _recentLimits[RuntimeHelpers.GetHashCode(limit) & (Recent - 1)];
        var state = Volatile.Read(ref recent);
        if (state is null || !ReferenceEquals(state.Limit, limit))
        {
            state = _limits.GetValue(limit, _createLimit);
            Volatile.Write(ref recent, state);
        }

        return state;
    }

    public AccountState Of(UsageAccount account)
    {
        ref var recent = ref _recentAccounts[RuntimeHelpers.GetHashCode(account) & (Recent - 1)];
        var state = Volatile.Read(ref recent);
        if (state is null || !ReferenceEquals(state.Account, account))
        {
            state = _accounts.GetValue(account, _createAccount);
            Volatile.Write(ref recent, state);
        }

        return state;
    }
}
