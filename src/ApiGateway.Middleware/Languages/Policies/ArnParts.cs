namespace ApiGateway.Middleware.Languages.Policies;

/// <summary>An ARN, split at its first five colons: <c>arn:partition:service:region:account:resource</c>.</summary>
internal readonly ref struct ArnParts
{
    /// <summary>How many parts there are, the word <c>arn</c> included.</summary>
    public const int Count = 6;

    private ArnParts(
        ReadOnlySpan<char> partition, ReadOnlySpan<char> service, ReadOnlySpan<char> region, ReadOnlySpan<char> account, ReadOnlySpan<char> resource)
    {
        Partition = partition;
        Service = service;
        Region = region;
        Account = account;
        Resource = resource;
    }

    public ReadOnlySpan<char> Partition { get; }

    public ReadOnlySpan<char> Service { get; }

    public ReadOnlySpan<char> Region { get; }

    public ReadOnlySpan<char> Account { get; }

    /// <summary>Gets all after the fifth colon: here <c>apiId/stage/METHOD/path</c>.</summary>
    public ReadOnlySpan<char> Resource { get; }

    /// <summary>The same ARN of another resource, so that a host splits the constant beginning only once.</summary>
    public ArnParts WithResource(ReadOnlySpan<char> resource) => new(Partition, Service, Region, Account, resource);

    /// <summary>Splits an ARN; <see langword="false"/> if it does not begin with <c>arn:</c> or has fewer than six parts.</summary>
    public static bool TryParse(ReadOnlySpan<char> arn, out ArnParts parts)
    {
        parts = default;
        if (!arn.StartsWith("arn:", StringComparison.Ordinal))
        {
            return false;
        }

        var rest = arn[4..];
        if (!Cut(ref rest, out var partition)
            || !Cut(ref rest, out var service)
            || !Cut(ref rest, out var region)
            || !Cut(ref rest, out var account))
        {
            return false;
        }

        parts = new ArnParts(partition, service, region, account, rest);
        return true;
    }

    public override string ToString() => $"arn:{Partition}:{Service}:{Region}:{Account}:{Resource}";

    private static bool Cut(scoped ref ReadOnlySpan<char> rest, out ReadOnlySpan<char> part)
    {
        var colon = rest.IndexOf(':');
        if (colon < 0)
        {
            part = default;
            return false;
        }

        part = rest[..colon];
        rest = rest[(colon + 1)..];
        return true;
    }
}
