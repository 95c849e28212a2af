using System.Globalization;
using System.Text;

namespace ApiGateway.Middleware.Languages.Schemas.Patterns;

/// <summary>Rewrites an ECMA 262 regular expression (with Unicode semantics) as one of .NET with the same meaning.</summary>
/// <remarks>
/// Two differences remain: a back-reference to a group that took no part in the match fails here and matches the empty string
/// there, and letters that only .NET escapes (<c>\a</c>, <c>\A</c>) stand for themselves.
/// </remarks>
internal ref struct EcmaRegex
{
    private const string AsciiWord = "a-zA-Z0-9_";
    private const string AnyPair = "[\\ud800-\\udbff][\\udc00-\\udfff]";
    private const string LineTerminators = "\\n\\r\\u2028\\u2029";
    private const string Surrogates = "\\ud800-\\udfff";

    private readonly ReadOnlySpan<char> _source;
    private readonly StringBuilder _target = new();
    private int _position;
    private string _error = "";

    private EcmaRegex(ReadOnlySpan<char> source) => _source = source;

    /// <summary>Translates <paramref name="source"/>, or says in <paramref name="error"/> what cannot be translated.</summary>
    public static bool TryTranslate(ReadOnlySpan<char> source, out string target, out string error)
    {
        var translation = new EcmaRegex(source);
        while (translation._error.Length == 0 && translation._position < source.Length)
        {
            translation.Next();
        }

        target = translation._target.ToString();
        error = translation._error;
        return error.Length == 0;
    }

    private void Next()
    {
        var c = _source[_position++];
        switch (c)
        {
            case '\\':
                Escape();
                break;
            case '[':
                Class();
                break;
            case '(':
                Group();
                break;
            case '$':
                // .NET's own $ also matches before a trailing line feed.
                _target.Append("\\z");
                break;
            case '.':
                AppendAllBut(LineTerminators);
                break;
            default:
                if (char.IsHighSurrogate(c) && _position < _source.Length && char.IsLowSurrogate(_source[_position]))
                {
                    // One character for a quantifier that follows.
                    _target.Append("(?:").Append(c).Append(_source[_position++]).Append(')');
                    break;
                }

                _target.Append(c);
                break;
        }
    }

    private void Escape()
    {
        if (_position == _source.Length)
        {
            _error = "it ends with a backslash";
            return;
        }

        var c = _source[_position];
        switch (c)
        {
            case 'b':
                _position++;
                _target.Append($"(?:(?<=[{AsciiWord}])(?![{AsciiWord}])|(?<![{AsciiWord}])(?=[{AsciiWord}]))");
                break;
            case 'B':
                _position++;
                _target.Append($"(?:(?<=[{AsciiWord}])(?=[{AsciiWord}])|(?<![{AsciiWord}])(?![{AsciiWord}]))");
                break;
            case 'k' or (>= '1' and <= '9'):
                _position++;
                _target.Append('\\').Append(c);
                break;
            default:
                if (EcmaEscape.ReadClass(_source, ref _position, out var members, out _error))
                {
                    _target.Append('[').Append(members).Append(']');
                }
                else if (_error.Length == 0)
                {
                    AppendCharacter(EcmaEscape.ReadCharacter(_source, ref _position));
                }

                break;
        }
    }

    private void Group()
    {
        _target.Append('(');
        if (_position == _source.Length || _source[_position] != '?')
        {
            return;
        }

        var rest = _source[_position..];
        foreach (var opening in (ReadOnlySpan<string>)["?:", "?=", "?!", "?<=", "?<!"])
        {
            if (rest.StartsWith(opening, StringComparison.Ordinal))
            {
                _position += opening.Length;
                _target.Append(opening);
                return;
            }
        }

        if (rest.Length > 2 && rest[1] == '<' && (char.IsLetter(rest[2]) || rest[2] is '_' or '$'))
        {
            _position += 2;
            _target.Append("?<");
            return;
        }

        _error = "a group begins with '(?' but is none of '(?:', '(?=', '(?!', '(?<=', '(?<!', '(?<name>'";
    }

    private void Class()
    {
        var parsed = EcmaClass.Read(_source, ref _position, out _error);
        if (parsed is null)
        {
            return;
        }

        if (!parsed.Negated && parsed.Pairs.Length == 0)
        {
            _target.Append(parsed.Units.Length == 0 ? "(?!)" : $"[{parsed.Units}]");
            return;
        }

        if (!parsed.Negated)
        {
            _target.Append(parsed.Units.Length == 0 ? $"(?:{parsed.Pairs})" : $"(?:[{parsed.Units}]|{parsed.Pairs})");
            return;
        }

        if (parsed.Pairs.Length == 0)
        {
            AppendAllBut(parsed.Units);
            return;
        }

        _target.Append("(?:(?!").Append(parsed.Pairs).Append(")(?:").Append(AnyPair)
            .Append("|[^").Append(parsed.Units).Append(Surrogates).Append("]))");
    }

    // A character outside the basic plane is two UTF-16 units. Where * or + follows, one by one is the same as pair by pair.
    // Otherwise half a pair, which only an escape can write, is no character.
    private readonly void AppendAllBut(string units)
    {
        var repeated = _position < _source.Length && _source[_position] is '*' or '+';
        var one = units.Length == 0 ? "[\\s\\S]" : $"[^{units}]";
        _target.Append(repeated ? one : $"(?:{AnyPair}|[^{units}{Surrogates}])");
    }

    private readonly void AppendCharacter(int codePoint)
    {
        if (codePoint > char.MaxValue)
        {
            var pair = char.ConvertFromUtf32(codePoint);
            _target.Append("(?:").Append(pair).Append(')');
            return;
        }

        _target.Append(CultureInfo.InvariantCulture, $"\\u{codePoint:x4}");
    }
}
