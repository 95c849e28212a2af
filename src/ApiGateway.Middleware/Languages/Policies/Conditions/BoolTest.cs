using ApiGateway.Middleware.Languages.Policies.Matching;

namespace ApiGateway.Middleware.Languages.Policies.Conditions;

/// <summary>Compares truth values.</summary>
internal sealed class BoolTest(ConditionOperator @operator, PolicyKey key, IReadOnlyList<string> values, TextPattern[] texts)
    : ValueTest(@operator, key, values)
{
    protected override bool MatchesAny(in PolicyValue value, PolicyKeySource keys)
    {
        if (!value.TryGetBool(out var found))
        {
            return false;
        }

        foreach (var text in texts)
        {
            if (Matches(text, found, keys))
            {
                return true;
            }
        }

        return false;
    }

    private static bool Matches(TextPattern text, bool found, PolicyKeySource keys)
    {
        var buffer = new PatternBuffer<char>(stackalloc char[PolicyValue.MaxFormattedLength]);
        var matches = text.TryWrite(ref buffer, keys) && PolicyBool.TryParse(buffer.Written, out var wanted) && wanted == found;
        buffer.Dispose();
        return matches;
    }
}
