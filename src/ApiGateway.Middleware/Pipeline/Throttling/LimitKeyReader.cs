using System.Buffers.Binary;
using System.Net;
using System.Security.Cryptography;
using ApiGateway.Middleware.Buffers;
using ApiGateway.Middleware.Context;
using ApiGateway.Middleware.Snapshots;

namespace ApiGateway.Middleware.Pipeline.Throttling;

/// <summary>Reads what tells the callers of a limit apart, and makes a hash of it: what callers send is never kept.</summary>
/// <remarks>
/// Callers without a value have one hash together, so that nobody gains by leaving it out. Where buckets are this process's own, the hash
/// depends on a secret of the process; where processes share them, all must make the same, and it is the beginning of a SHA-256.
/// </remarks>
internal sealed class LimitKeyReader(bool isShared)
{
    private const int UsualLength = 512;
    private const int MaxAddressLength = 16;

    private readonly ulong _firstSecret = BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(sizeof(ulong)));
    private readonly ulong _secondSecret = BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(sizeof(ulong)));

    /// <summary>Gets the hash; 0 only if callers are not told apart.</summary>
    public UInt128 HashOf(GatewayContext context, LimitKeyPart[] key)
    {
        if (key.Length == 0)
        {
            return default;
        }

        var text = new LimitKeyText(stackalloc byte[UsualLength]);
        try
        {
            foreach (ref readonly var part in key.AsSpan())
            {
                Add(ref text, context, part);
            }

            var hash = HashOf(text.Written);
            return hash == default ? 1 : hash;
        }
        finally
        {
            text.Dispose();
        }
    }

    private UInt128 HashOf(ReadOnlySpan<byte> text)
    {
        if (!isShared)
        {
            return SipHash.ShortOf(text, _firstSecret, _secondSecret);
        }

        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(text, digest);
        return BinaryPrimitives.ReadUInt128LittleEndian(digest);
    }

    private static void Add(ref LimitKeyText text, GatewayContext context, in LimitKeyPart part)
    {
        switch (part.Place)
        {
            case LimitKeyPlace.Header:
                AddHeader(ref text, context, part.Name);
                break;
            case LimitKeyPlace.Address:
                AddAddress(ref text, context.SourceIp, part);
                break;
            default:
                AddValue(ref text, ValueOf(context, part));
                break;
        }
    }

    private static string? ValueOf(GatewayContext context, in LimitKeyPart part) => part.Place switch
    {
        LimitKeyPlace.Principal => PrincipalOf(context.Caller),
        LimitKeyPlace.PrincipalId => context.Caller?.PrincipalId,
        LimitKeyPlace.Claim => ClaimOf(context.Caller, part.Name),
        _ => ContextVariables.Find(context, part.Name),
    };

    // One caller is one principal, whatever has authenticated it.
    private static string? PrincipalOf(CallerIdentity? caller) => caller is null ? null
        : caller.PrincipalId ?? ClaimOf(caller, "sub") ?? caller.Signed?.UserArn ?? caller.User?.Identity?.Name;

    private static string? ClaimOf(CallerIdentity? caller, string name) => caller is null ? null
        : caller.Claims?.GetValueOrDefault(name) ?? caller.User?.FindFirst(name)?.Value;

    private static void AddValue(ref LimitKeyText text, string? value)
    {
        if (string.IsNullOrEmpty(value))
        {
            text.AddMissing();
        }
        else
        {
            text.Add(value);
        }
    }

    private static void AddHeader(ref LimitKeyText text, GatewayContext context, string name)
    {
        var values = context.Http.Request.Headers[name];
        if (values.Count < 2)
        {
            AddValue(ref text, values);
            return;
        }

        text.AddNumber(values.Count);
        for (var i = 0; i < values.Count; i++)
        {
            AddValue(ref text, values[i]);
        }
    }

    private static void AddAddress(ref LimitKeyText text, IPAddress? address, in LimitKeyPart part)
    {
        const int V4Length = 4;
        const int BitsOfByte = 8;

        Span<byte> bytes = stackalloc byte[MaxAddressLength];
        if (address is null || !address.TryWriteBytes(bytes, out var length))
        {
            text.AddMissing();
            return;
        }

        var bits = length == V4Length ? part.V4Bits : part.V6Bits;
        for (var i = 0; i < length; i++, bits -= BitsOfByte)
        {
            bytes[i] &= bits >= BitsOfByte ? byte.MaxValue : bits <= 0 ? (byte)0 : (byte)(byte.MaxValue << (BitsOfByte - bits));
        }

        text.Add(bytes[..length]);
    }
}
