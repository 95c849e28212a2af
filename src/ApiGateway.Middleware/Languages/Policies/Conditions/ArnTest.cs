using ApiGateway.Middleware.Languages.Policies.Matching;

namespace ApiGateway.Middleware.Languages.Policies.Conditions;

/// <summary>Compares ARNs part by part.</summary>
internal sealed class ArnTest(ConditionOperator @operator, PolicyKey key, IReadOnlyList<string> values, ArnPattern[] patterns)
    : ValueTest(@operator, key, values)
{
    protected override bool MatchesAny(in PolicyValue value, PolicyKeySource keys)
    {
        Span<char> scratch = stackalloc char[PolicyValue.MaxFormattedLength];
        if (!ArnParts.TryParse(value.GetText(scratch), out var arn))
        {
            return false;
        }

        foreach (var pattern in patterns)
        {
            if (pattern.IsMatch(arn, keys))
            {
                return true;
            }
        }

        return false;
    }
}
