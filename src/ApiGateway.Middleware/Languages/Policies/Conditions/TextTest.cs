using ApiGateway.Middleware.Languages.Policies.Matching;

namespace ApiGateway.Middleware.Languages.Policies.Conditions;

/// <summary>Compares texts, with wildcards or without.</summary>
internal sealed class TextTest(ConditionOperator @operator, PolicyKey key, IReadOnlyList<string> values, TextPattern[] patterns)
    : ValueTest(@operator, key, values)
{
    protected override bool MatchesAny(in PolicyValue value, PolicyKeySource keys)
    {
        Span<char> scratch = stackalloc char[PolicyValue.MaxFormattedLength];
        var text = value.GetText(scratch);
        foreach (var pattern in patterns)
        {
            if (pattern.IsMatch(text, keys))
            {
                return true;
            }
        }

        return false;
    }
}
