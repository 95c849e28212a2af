using System.Buffers.Binary;
using ApiGateway.Middleware.Contracts;
using StackExchange.Redis;

namespace ApiGateway.Middleware.Redis.Throttling;

/// <summary>One request that its host's leases are not enough for: what it has of them, and what Redis is asked for.</summary>
internal sealed class LeaseAsking
{
    private const int BucketAnswer = 20;
    private const int AccountAnswer = 16;

    // Tokens may be given back, and limits may change: so a refusal is not remembered for longer.
    private const double LongestRefusalMs = 1000;

    // Tokens have no exact form, as in the scripts.
    private const double Tolerance = 1e-6;

    private readonly ThrottleRequest _request;
    private readonly AccountState? _account;
    private readonly long _nowMs;
    private readonly Part[] _parts;
    private readonly List<int> _missing = [];

    public LeaseAsking(ThrottleRequest request, ThrottleStates states, LeaseTable leases, long nowMs)
    {
        (_request, _nowMs) = (request, nowMs);
        _account = request.Account is null ? null : states.Of(request.Account);
        _parts = new Part[request.Levels.Length + (_account is null ? 0 : 1)];
        for (var i = 0; i < request.Levels.Length; i++)
        {
            ref var level = ref request.Levels[i];
            var limit = states.Of(level.Limit);
            _parts[i] = new Part { Limit = limit, Lease = leases.Of(limit, level.Key), Cost = level.Cost };
        }

        if (_account is not null)
        {
            _parts[^1] = new Part { Lease = leases.Of(_account), Cost = 1 };
        }
    }

    /// <summary>Gets how many leases Redis is asked for.</summary>
    public int Count => _missing.Count;

    public bool IsEmpty => _missing.Count == 0;

    /// <summary>Takes what the host has. Gives a refusal that is known without asking.</summary>
    public ThrottleResult? Prepare()
    {
        for (var i = 0; i < _parts.Length; i++)
        {
            ref var part = ref _parts[i];
            if (part.Lease.TryTake(part.Cost))
            {
                part.IsTaken = true;
            }
            else if (part.Lease.IsClosed(part.Cost, _nowMs))
            {
                if (!IsDryRun(i))
                {
                    return Refuse(i);
                }
            }
            else
            {
                _missing.Add(i);
            }
        }

        return null;
    }

    public ScriptCall CallOf(RedisScript script, int first, int count)
    {
        var (keys, values) = (new RedisKey[count], new RedisValue[count]);
        for (var i = 0; i < count; i++)
        {
            var number = _missing[first + i];
            ref var part = ref _parts[number];
            if (!part.IsAsked)
            {
                part.More = part.Lease.BeginAsking(_nowMs);
                part.Back = part.Lease.TakeAll();
                part.IsAsked = true;
            }

            var wanted = (int)Math.Min(int.MaxValue, (long)part.Cost + part.More);
            (keys[i], values[i]) = part.Limit is { } limit
                ? (limit.KeyOf(_request.Levels[number].Key), limit.Leasing(part.Cost, wanted, part.Back))
                : (_account!.Key, _account.Leasing(1, wanted, part.Back, part.Lease.Day));
        }

        return new ScriptCall(script, keys, values);
    }

    public void Read(ReadOnlySpan<byte> answer, int first, int count)
    {
        for (var i = first; i < first + count; i++)
        {
            var number = _missing[i];
            ref var part = ref _parts[number];
            var given = BinaryPrimitives.ReadInt32LittleEndian(answer);
            if (part.Limit is not null)
            {
                var behind = BinaryPrimitives.ReadDoubleLittleEndian(answer[4..]);
                part.IsTaken = part.Cost > 0 ? given >= part.Cost : behind + given > -Tolerance;
                End(ref part, given, behind, 0, BinaryPrimitives.ReadDoubleLittleEndian(answer[12..]));
                answer = answer[BucketAnswer..];
            }
            else
            {
                var left = BinaryPrimitives.ReadDoubleLittleEndian(answer[8..]);
                part.IsTaken = given > 0;
                End(ref part, given, left, BinaryPrimitives.ReadInt32LittleEndian(answer[4..]), double.MaxValue);
                _account!.Told(left, _request.ReceivedAt);
                answer = answer[AccountAnswer..];
            }
        }
    }

    /// <summary>Decides by what was found.</summary>
    public ThrottleResult Decide()
    {
        for (var i = 0; i < _parts.Length; i++)
        {
            if (!_parts[i].IsTaken && !IsDryRun(i))
            {
                return Refuse(i);
            }
        }

        Describe(_request.Levels.Length);
        return ThrottleResult.Allowed;
    }

    /// <summary>Gives back what the host had: Redis does not answer.</summary>
    public void Abandon()
    {
        foreach (ref var part in _parts.AsSpan())
        {
            if (part.IsAsked)
            {
                part.Lease.EndAsking(part.More > 0);
            }
        }

        GiveBack();
    }

    /// <summary>Has given back what Redis gives too late.</summary>
    public async Task SettleAsync(ScriptCall call, ThrottleFallback fallback, int first, int count)
    {
        var answer = await call.SettleAsync();
        for (var (i, at) = (first, 0); i < first + count; i++)
        {
            var part = _parts[_missing[i]];
            if (part.Limit is null)
            {
                // Without an answer, what was to go back has not.
                fallback.Tell(_account!.Account, -(answer is null ? part.Back : BinaryPrimitives.ReadInt32LittleEndian(answer.AsSpan(at))));
            }
            else if (answer is not null)
            {
                part.Lease.Owe(BinaryPrimitives.ReadInt32LittleEndian(answer.AsSpan(at)));
                at += BucketAnswer;
            }
        }
    }

    private bool IsDryRun(int part) => part < _request.Levels.Length && _request.Levels[part].IsDryRun;

    private void End(ref Part part, int given, double behind, int day, double waitSeconds)
    {
        part.Lease.EndAsking(part.More > 0, behind, day);
        part.IsAsked = false;
        if (part.IsTaken)
        {
            part.Lease.Add(given - part.Cost);
        }
        else
        {
            part.Lease.Close(part.Cost, _nowMs + (long)Math.Min(LongestRefusalMs, waitSeconds * 1000));
        }
    }

    private ThrottleResult Refuse(int part)
    {
        GiveBack();
        Describe(Math.Min(part + 1, _request.Levels.Length));
        return part < _request.Levels.Length ? ThrottleResult.Throttled(part) : ThrottleResult.QuotaExceeded;
    }

    private void GiveBack()
    {
        foreach (ref var part in _parts.AsSpan())
        {
            if (part.IsTaken)
            {
                part.Lease.Add(part.Cost);
            }
        }
    }

    private void Describe(int levels)
    {
        for (var i = 0; i < levels; i++)
        {
            ref var level = ref _request.Levels[i];
            level.IsExceeded = !_parts[i].IsTaken;
            level.Remaining = _parts[i].Lease.Remaining;
        }
    }

    private struct Part
    {
        public LimitState? Limit;
        public Lease Lease;
        public int Cost;
        public int More;
        public int Back;
        public bool IsTaken;
        public bool IsAsked;
    }
}
