using ApiGateway.Middleware.Languages.Policies.Matching;

namespace ApiGateway.Middleware.Languages.Policies.Conditions;

/// <summary>Compares bytes that are written in base64.</summary>
internal sealed class BinaryTest(ConditionOperator @operator, PolicyKey key, IReadOnlyList<string> values, byte[][] contents)
    : ValueTest(@operator, key, values)
{
    private const int StackSize = 256;

    protected override bool MatchesAny(in PolicyValue value, PolicyKeySource keys)
    {
        Span<char> scratch = stackalloc char[PolicyValue.MaxFormattedLength];
        var text = value.GetText(scratch);
        var buffer = new PatternBuffer<byte>(stackalloc byte[StackSize]);
        var matches = false;
        if (Convert.TryFromBase64Chars(text, buffer.Append(text.Length), out var length))
        {
            var found = buffer.Written[..length];
            foreach (var content in contents)
            {
                matches |= found.SequenceEqual(content);
            }
        }

        buffer.Dispose();
        return matches;
    }
}
