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
        _createLimit = limit => new LimitState(limit, prefix, this);
        _createAccount = account => new AccountState(account, prefix, this);
    }

    // The tables are for definitions that several stores share: then the limits' own place is not always this one's.
    public LimitState Of(ThrottleLimit limit) => limit.StoreState is LimitState known && known.Owner == this ? known : Find(limit);

    public AccountState Of(UsageAccount account) => account.StoreState is AccountState known && known.Owner == this ? known : Find(account);

    private LimitState Find(ThrottleLimit limit)
    {
        var state = _limits.GetValue(limit, _createLimit);
        limit.StoreState = state;
        return state;
    }

    private AccountState Find(UsageAccount account)
    {
        var state = _accounts.GetValue(account, _createAccount);
        account.StoreState = state;
        return state;
    }
}
