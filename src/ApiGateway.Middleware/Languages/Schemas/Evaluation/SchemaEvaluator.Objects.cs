using System.Runtime.CompilerServices;
using ApiGateway.Middleware.Languages.Json;
using ApiGateway.Middleware.Languages.Schemas.Patterns;

namespace ApiGateway.Middleware.Languages.Schemas.Evaluation;

// Objects.
internal ref partial struct SchemaEvaluator
{
    private const int Unknown = -1;
    private const int Malformed = -2; // or not allowed

    private bool Object(ObjectRules rules)
    {
        if (++_depth > _maxDepth)
        {
            return Refuse();
        }

        var start = _position;
        var startTokens = _tokens;
        var expected = 0;
        var count = 0;
        var present = 0UL;

        _position++;
        SkipWhiteSpace();
        if (!TakeIf((byte)'}'))
        {
            do
            {
                SkipWhiteSpace();
                var index = NextName(rules, expected);
                if (index >= 0)
                {
                    expected = index + 1;
                    present |= rules.Bits[index];
                    SkipWhiteSpace();
                    if (!Value(rules.Children[index]))
                    {
                        return false;
                    }
                }
                else if (index == Malformed)
                {
                    return false;
                }

                count++;
                SkipWhiteSpace();
            }
            while (TakeIf((byte)','));

            if (!TakeIf((byte)'}'))
            {
                return false;
            }
        }

        return (present & rules.Required) == rules.Required
            && count >= rules.MinProperties && count <= rules.MaxProperties
            && EndContainer(count * 2)
            && (rules.Dependencies.Length == 0 || HasNeeded(rules, present))
            && (rules.DependentSchemas.Length == 0
                || MatchesDependentSchemas(rules, present, new Replay(this, start, startTokens)));
    }

    // The index of the name; or Unknown, and then the value is read and allowed; or Malformed.
    // Most writers keep the order of the schema and leave no space, so the name often need not be looked up.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int NextName(ObjectRules rules, int expected)
    {
        var names = rules.Names;
        if (expected < names.Count && StartsWith(names.MemberStartOf(expected)) && rules.PropertyNames is null)
        {
            _position += names.MemberStartOf(expected).Length;
            return expected;
        }

        return FindName(rules);
    }

    private int FindName(ObjectRules rules)
    {
        var index = ReadName(rules, out var nameStart, out var nameEnd, out var escaped);
        return index == Unknown && !OtherProperty(rules, nameStart, nameEnd, escaped) ? Malformed : index;
    }

    private readonly bool StartsWith(ReadOnlySpan<byte> memberStart) =>
        memberStart.Length > 0 && _json[_position..].StartsWith(memberStart);

    private bool TakeIf(byte expected)
    {
        if ((uint)_position >= (uint)_json.Length || _json[_position] != expected)
        {
            return false;
        }

        _position++;
        return true;
    }

    // The index of the name, Unknown, or Malformed.
    private int ReadName(ObjectRules rules, out int start, out int end, out bool escaped)
    {
        var quote = _position;
        start = quote + 1;
        end = 0;
        escaped = false;
        if ((uint)quote >= (uint)_json.Length || _json[quote] != '"')
        {
            return Malformed;
        }

        end = JsonScanner.EndOfString(_json, start, out escaped);
        if (end < 0 || (rules.PropertyNames is not null && !Value(rules.PropertyNames)))
        {
            return Malformed;
        }

        _position = end + 1;
        SkipWhiteSpace();
        if (!TakeIf((byte)':'))
        {
            return Malformed;
        }

        var name = _json[start..end];
        return escaped ? rules.Names.FindEscaped(name) : rules.Names.Find(name);
    }

    private bool OtherProperty(ObjectRules rules, int nameStart, int nameEnd, bool escaped)
    {
        SkipWhiteSpace();
        if (rules.Patterns is null)
        {
            return Value(rules.Rest);
        }

        var patterns = rules.Patterns;
        var replay = new Replay(this);
        var matched = 0UL;
        for (var i = 0; i < patterns.Patterns.Length; i++)
        {
            var result = patterns.Patterns[i].Match(_json[nameStart..nameEnd], escaped);
            if (result == PatternResult.TimedOut)
            {
                return Refuse();
            }

            if (result == PatternResult.Match)
            {
                matched |= 1UL << i;
                if (!Try(patterns.Nodes[i], ref replay))
                {
                    return false;
                }
            }
        }

        foreach (var (mask, node) in patterns.Leftovers)
        {
            if ((matched & mask) == 0 && !Try(node, ref replay))
            {
                return false;
            }
        }

        return Finish(ref replay);
    }

    private static bool HasNeeded(ObjectRules rules, ulong present)
    {
        foreach (var (trigger, needed) in rules.Dependencies)
        {
            if ((present & trigger) != 0 && (present & needed) != needed)
            {
                return false;
            }
        }

        return true;
    }

    private bool MatchesDependentSchemas(ObjectRules rules, ulong present, Replay replay)
    {
        foreach (var (trigger, node) in rules.DependentSchemas)
        {
            if ((present & trigger) != 0 && !Try(node, ref replay))
            {
                return false;
            }
        }

        return Finish(ref replay);
    }
}
