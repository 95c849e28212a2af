using System.Text.RegularExpressions;

namespace ApiGateway.Middleware.Compilation;

/// <summary>The address of an AWS integration: <c>arn:{partition}:apigateway:{region}:{subdomain.service|service}:{path|action}/{target}</c>.</summary>
/// <remarks>Source: <c>uri</c> of "Integration" in the Amazon API Gateway REST API reference.</remarks>
internal sealed partial record AwsIntegrationUri(string Partition, string Region, string? Subdomain, string Service, bool IsAction, string Target)
{
    private const string Path = "path/";
    private const string Action = "action/";

    /// <summary>Tells whether an address has this form at all, right or wrong.</summary>
    public static bool IsMeant(string text) => text.Split(':', 4) is ["arn", _, "apigateway", ..];

    /// <summary>Reads an address, stage variables filled in.</summary>
    /// <param name="text">The address.</param>
    /// <param name="error">What is wrong with it, or <see langword="null"/>.</param>
    public static AwsIntegrationUri? Read(string text, out string? error)
    {
        var parts = text.Split(':', 6);
        if (!IsMeant(text))
        {
            error = $"Invalid ARN specified in the request: it must be 'arn:aws:apigateway:...', but is '{text}'.";
            return null;
        }

        if (parts.Length < 6 || parts[3].Length == 0 || parts[4].Length == 0)
        {
            error = $"Invalid ARN specified in the request: it needs a region and a service, but is '{text}'.";
            return null;
        }

        var target = parts[5];
        var isAction = target.StartsWith(Action, StringComparison.Ordinal);
        if (!isAction && !target.StartsWith(Path, StringComparison.Ordinal))
        {
            error = $"AWS ARN for integration must contain path or action, but is '{text}'.";
            return null;
        }

        // They become parts of a host name.
        if (!Partitions.IsMatch(parts[1]) || !Label.IsMatch(parts[3]) || !Labels.IsMatch(parts[4]))
        {
            error = $"Invalid ARN specified in the request: partition, region and service have letters, digits, hyphens and dots, but it is '{text}'.";
            return null;
        }

        error = null;
        var dot = parts[4].LastIndexOf('.');
        return new AwsIntegrationUri(
            parts[1], parts[3], dot < 0 ? null : parts[4][..dot], parts[4][(dot + 1)..], isAction, target[(isAction ? Action : Path).Length..]);
    }

    /// <summary>Fills a stage's variables in; those that are missing are empty.</summary>
    public static string Resolve(string text, IReadOnlyDictionary<string, string> variables) =>
        StageVariable.Replace(text, match => variables.GetValueOrDefault(match.Groups["name"].Value, ""));

    [GeneratedRegex(@"\$\{stageVariables\.(?<name>[A-Za-z0-9_]+)\}", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex StageVariable { get; }

    [GeneratedRegex(@"^aws[a-z-]*\z", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Partitions { get; }

    [GeneratedRegex(@"^[a-z0-9-]+\z", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Label { get; }

    [GeneratedRegex(@"^[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Labels { get; }
}
