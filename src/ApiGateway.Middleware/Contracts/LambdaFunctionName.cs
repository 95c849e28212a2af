using System.Diagnostics.CodeAnalysis;

namespace ApiGateway.Middleware.Contracts;

/// <summary>The name of a Lambda function, as a name, a partial ARN or an ARN, each with or without version or alias. Immutable.</summary>
/// <remarks>Source: parameter <c>FunctionName</c> of "Invoke" in the AWS Lambda API reference.</remarks>
public sealed class LambdaFunctionName
{
    private const int MaxNameLength = 64;
    private const int MaxQualifierLength = 128;

    private LambdaFunctionName(string name, string? qualifier, string? partition, string? region, string? accountId)
    {
        Name = name;
        Qualifier = qualifier;
        Partition = partition;
        Region = region;
        AccountId = accountId;
        Arn = region is null ? null : $"arn:{partition}:lambda:{region}:{accountId}:function:{name}";
        InvokedArn = Arn is null || qualifier is null ? Arn : $"{Arn}:{qualifier}";
    }

    /// <summary>Gets the name without anything around it: 1 to 64 letters, digits, hyphens and underscores.</summary>
    public string Name { get; }

    /// <summary>Gets the version or alias, such as <c>7</c>, <c>live</c> or <c>$LATEST</c>, or <see langword="null"/>.</summary>
    public string? Qualifier { get; }

    /// <summary>Gets the partition, such as <c>aws</c>, or <see langword="null"/> if it is not known.</summary>
    public string? Partition { get; }

    /// <summary>Gets the region, or <see langword="null"/> if it is not known.</summary>
    public string? Region { get; }

    /// <summary>Gets the account, 12 digits, or <see langword="null"/> if it is not known.</summary>
    public string? AccountId { get; }

    /// <summary>Gets the ARN without version or alias, or <see langword="null"/> if the region is not known.</summary>
    public string? Arn { get; }

    /// <summary>Gets the ARN with version or alias, if there is one.</summary>
    public string? InvokedArn { get; }

    /// <summary>Reads <c>name</c>, <c>name:alias</c>, <c>account:function:name[:alias]</c> or <c>arn:...:function:name[:alias]</c>.</summary>
    /// <param name="text">The text; case counts.</param>
    /// <param name="name">The name, or <see langword="null"/> if <paramref name="text"/> is none.</param>
    /// <returns>Whether <paramref name="text"/> names a function.</returns>
    public static bool TryParse([NotNullWhen(true)] string? text, [NotNullWhen(true)] out LambdaFunctionName? name)
    {
        name = null;
        var parts = (text ?? "").Split(':');
        var at = parts switch
        {
            ["arn", ['a', 'w', 's', ..], "lambda", { Length: > 0 } region, _, "function", _, ..] when IsText(region, "-") && IsAccount(parts[4]) => 6,
            [_, "function", _, ..] when IsAccount(parts[0]) => 2,
            [_] or [_, _] => 0,
            _ => -1,
        };
        if (at < 0 || parts.Length > at + 2)
        {
            return false;
        }

        var qualifier = parts.Length == at + 2 ? parts[at + 1] : null;
        if (parts[at].Length is 0 or > MaxNameLength || !IsText(parts[at], "-_")
            || (qualifier is not null && (qualifier.Length is 0 or > MaxQualifierLength || !IsText(qualifier, "-_$"))))
        {
            return false;
        }

        name = at switch
        {
            6 => new LambdaFunctionName(parts[6], qualifier, parts[1], parts[3], parts[4]),
            2 => new LambdaFunctionName(parts[2], qualifier, null, null, parts[0]),
            _ => new LambdaFunctionName(parts[0], qualifier, null, null, null),
        };
        return true;
    }

    /// <summary>Gives the same function with an ARN: what the name leaves open is filled in.</summary>
    /// <param name="partition">The partition, if the name has none.</param>
    /// <param name="region">The region, if the name has none.</param>
    /// <param name="accountId">The account, if the name has none.</param>
    /// <returns>A name that has an ARN.</returns>
    public LambdaFunctionName Within(string partition, string region, string accountId)
    {
        ArgumentException.ThrowIfNullOrEmpty(partition);
        ArgumentException.ThrowIfNullOrEmpty(region);
        ArgumentException.ThrowIfNullOrEmpty(accountId);
        return Region is not null ? this : new LambdaFunctionName(Name, Qualifier, partition, region, AccountId ?? accountId);
    }

    /// <summary>Gives the ARN if it is known, else the name, with version or alias.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => InvokedArn ?? (Qualifier is null ? Name : $"{Name}:{Qualifier}");

    private static bool IsAccount(string text) => text.Length == 12 && text.All(char.IsAsciiDigit);

    private static bool IsText(string text, string others) =>
        text.All(c => char.IsAsciiLetterOrDigit(c) || others.Contains(c, StringComparison.Ordinal));
}
