namespace ApiGateway.Middleware.Contracts;

/// <summary>What a request asks of the store: tokens of every level, and a count of usage.</summary>
/// <remarks>Belongs to one request at a time and is used again. A store writes to it only before its task ends, and keeps nothing of it.</remarks>
public sealed class ThrottleRequest
{
    private const int UsualLevels = 4;

    private ThrottleLevel[] _levels = new ThrottleLevel[UsualLevels];
    private int _count;

    /// <summary>Gets or sets the id of the API that was called.</summary>
    public string ApiId { get; set; } = "";

    /// <summary>Gets or sets the account that the request counts for, against its quota if it has one, once all levels have let it in.</summary>
    /// <value>The default, <see langword="null"/>, counts nothing.</value>
    public UsageAccount? Account { get; set; }

    /// <summary>Gets or sets when the request arrived, for stores that have no clock of their own: it says which day it counts in.</summary>
    public DateTimeOffset ReceivedAt { get; set; }

    /// <summary>Gets the levels in the order in which they are asked.</summary>
    public Span<ThrottleLevel> Levels => _levels.AsSpan(0, _count);

    /// <summary>Adds a level behind the others.</summary>
    /// <param name="limit">The limit.</param>
    /// <param name="key">What tells its callers apart, as a hash; 0 if they share one bucket.</param>
    /// <param name="cost">How many tokens to take.</param>
    /// <param name="isDryRun">Whether the level only counts.</param>
    public void Add(ThrottleLimit limit, UInt128 key = default, int cost = 1, bool isDryRun = false)
    {
        if (_count == _levels.Length)
        {
            Array.Resize(ref _levels, 2 * _count);
        }

        _levels[_count++] = new ThrottleLevel { Limit = limit, Key = key, Cost = cost, IsDryRun = isDryRun, Remaining = double.NaN };
    }

    /// <summary>Forgets everything.</summary>
    public void Reset()
    {
        // Else a pooled request would keep limits of an old definition alive.
        Levels.Clear();
        _count = 0;
        ApiId = "";
        Account = null;
        ReceivedAt = default;
    }
}
