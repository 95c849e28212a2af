using System.Collections.Frozen;
using System.Globalization;
using ApiGateway.Middleware.Definitions;
using ApiGateway.Middleware.Snapshots;

namespace ApiGateway.Middleware.Compilation;

/// <summary>Checks what a cache does beyond that of Amazon API Gateway, for APIs of every kind.</summary>
internal static class CachePolicyCompiler
{
    public const int MaxLifetime = 3_600;
    private const int MaxStale = 86_400;

    public static CachePolicy Compile(CachePolicyDefinition? policy, DefinitionOrigin origin, DefinitionErrors errors)
    {
        if (policy is null)
        {
            return CachePolicy.None;
        }

        var at = policy.Origin ?? origin.Child("Cache");
        foreach (var header in policy.VaryByHeaders)
        {
            CheckHeader(header, at.Child(nameof(policy.VaryByHeaders)), errors);
        }

        if (policy.DiagnosticHeader is { } diagnostic)
        {
            CheckHeader(diagnostic, at.Child(nameof(policy.DiagnosticHeader)), errors);
        }

        return new CachePolicy
        {
            SingleFlight = policy.SingleFlight,
            StaleWhileRevalidate = Seconds(policy.StaleWhileRevalidateInSeconds, MaxStale, at.Child(nameof(policy.StaleWhileRevalidateInSeconds)), errors),
            StaleIfError = Seconds(policy.StaleIfErrorInSeconds, MaxStale, at.Child(nameof(policy.StaleIfErrorInSeconds)), errors),
            AnswersConditionally = policy.ConditionalRequests,
            HonorsCacheControl = policy.HonorCacheControl,
            DiagnosticHeader = policy.DiagnosticHeader,
            Lifetimes = Lifetimes(policy, at.Child(nameof(policy.TtlByStatus)), errors),
        };
    }

    public static TimeSpan Seconds(int seconds, int most, DefinitionOrigin at, DefinitionErrors errors)
    {
        if (seconds < 0 || seconds > most)
        {
            errors.Add(at, $"must be from 0 to {most} seconds, but is {seconds}.");
            return default;
        }

        return TimeSpan.FromSeconds(seconds);
    }

    private static CacheLifetimes Lifetimes(CachePolicyDefinition policy, DefinitionOrigin at, DefinitionErrors errors)
    {
        if (policy.TtlByStatus.Count == 0)
        {
            return CacheLifetimes.None;
        }

        var lifetimes = new Dictionary<int, TimeSpan>();
        foreach (var (status, seconds) in policy.TtlByStatus)
        {
            if (status is [>= '2' and <= '5', _, _] && TryStatus(status, out var number))
            {
                lifetimes[number] = Seconds(seconds, MaxLifetime, at.Child(status), errors);
            }
            else
            {
                errors.Add(at.Child(status), $"A key is a status from 200 to 599, or a class such as '4XX', but is '{status}'.");
            }
        }

        return new CacheLifetimes(lifetimes.ToFrozenDictionary());
    }

    private static bool TryStatus(string text, out int number)
    {
        if (text.EndsWith("XX", StringComparison.OrdinalIgnoreCase))
        {
            number = text[0] - '0';
            return true;
        }

        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);
    }

    // RFC 9110 5.6.2.
    private static void CheckHeader(string name, DefinitionOrigin at, DefinitionErrors errors)
    {
        if (name.Length == 0 || !name.All(static c => char.IsAsciiLetterOrDigit(c) || "!#$%&'*+-.^_`|~".Contains(c, StringComparison.Ordinal)))
        {
            errors.Add(at, $"The name of a header has letters, digits and !#$%&'*+-.^_`|~ only, but is '{name}'.");
        }
    }
}
