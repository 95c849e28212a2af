using System.Buffers.Binary;
using ApiGateway.Middleware.Contracts;
using StackExchange.Redis;

namespace ApiGateway.Middleware.Redis.Throttling;

/// <summary>What is made of a limit once: its keys, its arguments, and what is left of it without Redis.</summary>
internal sealed class LimitState
{
    // Rate and capacity as the scripts read them; what follows differs by script.
    private const int HeadLength = 16;

    private readonly RedisValue _usual;
    private readonly RedisKey _key;
    private readonly ThrottleKey _name;
    private LocalShare? _share;

    public LimitState(ThrottleLimit limit, string prefix, ThrottleStates owner)
    {
        Owner = owner;
        Limit = limit;
        _name = new ThrottleKey(prefix, limit);
        _key = _name.Of(default);
        _usual = TakingOf(1, isDryRun: false);
        Portion = PortionOf(limit);
    }

    public ThrottleStates Owner { get; }

    public ThrottleLimit Limit { get; }

    /// <summary>Gets how many tokens a host takes ahead at most.</summary>
    public int Portion { get; }

    /// <summary>Gets or sets the lease of the bucket that all callers share.</summary>
    public Lease? Shared { get; set; }

    /// <summary>A tenth of what a full bucket holds or of what a second regains, whichever is less, and at least one token.</summary>
    public static int PortionOf(ThrottleLimit limit)
    {
        const int Parts = 10;
        return Math.Max(1, (int)Math.Min(limit.BurstLimit / Parts, limit.RateLimit / Parts));
    }

    public RedisKey KeyOf(UInt128 key) => key == UInt128.Zero ? _key : _name.Of(key);

    /// <summary>Gets the argument of the script that takes all or nothing.</summary>
    public RedisValue Taking(int cost, bool isDryRun) => cost == 1 && !isDryRun ? _usual : TakingOf(cost, isDryRun);

    /// <summary>Gets the argument of the script that takes whether there is anything or not.</summary>
    public RedisValue Charging(int cost)
    {
        var argument = Head(HeadLength + 4);
        BinaryPrimitives.WriteInt32LittleEndian(argument.AsSpan(HeadLength), cost);
        return argument;
    }

    /// <summary>Gets the argument of the script that gives portions.</summary>
    public RedisValue Leasing(int least, int wanted, int back)
    {
        var argument = Head(HeadLength + 12);
        BinaryPrimitives.WriteInt32LittleEndian(argument.AsSpan(HeadLength), least);
        BinaryPrimitives.WriteInt32LittleEndian(argument.AsSpan(HeadLength + 4), wanted);
        BinaryPrimitives.WriteInt32LittleEndian(argument.AsSpan(HeadLength + 8), back);
        return argument;
    }

    /// <summary>Gets this host's part of the limit.</summary>
    public ThrottleLimit ShareOf(int hosts)
    {
        var share = Volatile.Read(ref _share);
        if (share is null || share.Hosts != hosts)
        {
            share = new LocalShare(hosts, Limit);
            Volatile.Write(ref _share, share);
        }

        return share.Limit;
    }

    private byte[] TakingOf(int cost, bool isDryRun)
    {
        var argument = Head(HeadLength + 5);
        BinaryPrimitives.WriteInt32LittleEndian(argument.AsSpan(HeadLength), cost);
        argument[HeadLength + 4] = isDryRun ? (byte)1 : (byte)0;
        return argument;
    }

    private byte[] Head(int length)
    {
        var argument = new byte[length];
        BinaryPrimitives.WriteDoubleLittleEndian(argument, Limit.RateLimit);
        BinaryPrimitives.WriteDoubleLittleEndian(argument.AsSpan(8), Limit.BurstLimit);
        return argument;
    }
}
