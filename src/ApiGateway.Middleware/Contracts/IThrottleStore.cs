namespace ApiGateway.Middleware.Contracts;

/// <summary>Where buckets, quotas and usage are kept. The default keeps them in the memory of the process.</summary>
/// <remarks>
/// Registered as a singleton before <c>AddApiGateway</c>, or in place of the one that it has registered. Called by many requests at once.
/// </remarks>
public interface IThrottleStore
{
    /// <summary>Takes the tokens of every level and counts the request, or does none of it.</summary>
    /// <param name="request">The levels and the account. The store writes <see cref="ThrottleLevel.IsExceeded"/> and
    /// <see cref="ThrottleLevel.Remaining"/>.</param>
    /// <returns>Whether the request is let in, and else which level refuses: the first of <see cref="ThrottleRequest.Levels"/> that has
    /// too few tokens, or the quota if none has. It throws nothing: a store that cannot be asked decides what that means.</returns>
    ValueTask<ThrottleResult> TryEnterAsync(ThrottleRequest request);

    /// <summary>Takes the tokens of every level after the fact, whether they are there or not: a bucket can come into debt.</summary>
    /// <param name="request">The levels. Nothing is counted for its account.</param>
    /// <returns>A task that ends when the tokens are taken, or cannot be. It throws nothing.</returns>
    ValueTask ChargeAsync(ThrottleRequest request);

    /// <summary>Reads what an account has used.</summary>
    /// <param name="account">The account.</param>
    /// <param name="from">The first day, in UTC.</param>
    /// <param name="to">The last day, not before <paramref name="from"/>; days after today are left out.</param>
    /// <param name="now">The time, for stores that have no clock of their own.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>A value for each day, in order, days without requests included. Days are kept for 93 days.</returns>
    /// <exception cref="TimeoutException">The store does not answer.</exception>
    ValueTask<IReadOnlyList<UsageDay>> ReadUsageAsync(
        UsageAccount account, DateOnly from, DateOnly to, DateTimeOffset now, CancellationToken cancellationToken = default);

    /// <summary>Sets how many requests an account has left in the current period of its quota. The next period has the quota's limit again.</summary>
    /// <param name="account">The account, which has a quota.</param>
    /// <param name="remaining">The requests, 0 or more.</param>
    /// <param name="now">The time, for stores that have no clock of their own.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>A task that ends when the value is in force.</returns>
    /// <exception cref="TimeoutException">The store does not answer.</exception>
    ValueTask SetRemainingAsync(UsageAccount account, long remaining, DateTimeOffset now, CancellationToken cancellationToken = default);
}
