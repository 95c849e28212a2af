using System.Globalization;
using ApiGateway.Middleware.Contracts;
using ApiGateway.Middleware.Definitions;

namespace ApiGateway.Middleware.Compilation;

/// <summary>Checks rates and bursts, and names the buckets that count them.</summary>
internal static class ThrottleLimits
{
    // Beyond, a bucket's arithmetic would no longer be exact.
    private const double MaxRate = 1_000_000_000;

    // No id has a line end, so no two lists of ids make one name.
    private const char Separator = '\n';

    public static string NameOf(params ReadOnlySpan<string> parts) => string.Join(Separator, parts);

    /// <summary>Makes a limit of a throttle that must have both numbers.</summary>
    public static ThrottleLimit? Compile(ThrottleDefinition? throttle, string name, DefinitionOrigin origin, DefinitionErrors errors)
    {
        if (throttle is null)
        {
            return null;
        }

        if (throttle.RateLimit is null || throttle.BurstLimit is null)
        {
            var missing = throttle.RateLimit is null ? "RateLimit" : "BurstLimit";
            errors.Add(origin, $"A throttle needs 'RateLimit' and 'BurstLimit', but '{missing}' is missing. Add it.");
            return null;
        }

        return Compile(throttle.RateLimit.Value, throttle.BurstLimit.Value, name, origin, "RateLimit", "BurstLimit", errors);
    }

    public static ThrottleLimit Compile(
        double rate, int burst, string name, DefinitionOrigin origin, string rateMember, string burstMember, DefinitionErrors errors,
        string apiId = "", string owner = "")
    {
        if (!(rate is >= 0 and <= MaxRate))
        {
            errors.Add(
                origin.Child(rateMember),
                string.Create(CultureInfo.InvariantCulture, $"must be from 0 to {MaxRate:0} requests per second, but is {rate}."));
        }

        if (burst < 0)
        {
            errors.Add(origin.Child(burstMember), $"must be 0 or more requests, but is {burst}.");
        }

        if (burst == 0 && rate > 0)
        {
            errors.Warn(origin.Child(burstMember), "A bucket that holds nothing refuses every request. Set it to 1 or more.");
        }
        else if (burst > 0 && rate == 0)
        {
            errors.Warn(origin.Child(rateMember), $"A bucket that regains nothing refuses every request after the first {burst}. Set it above 0.");
        }

        return new ThrottleLimit(name, rate, burst) { ApiId = apiId, Owner = owner };
    }
}
