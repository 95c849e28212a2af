using System.Runtime.CompilerServices;
using System.Text;
using ApiGateway.Middleware.Languages.Schemas.Formats;
using ApiGateway.Middleware.Languages.Schemas.Json;
using ApiGateway.Middleware.Languages.Schemas.Loading;
using ApiGateway.Middleware.Languages.Schemas.Patterns;

namespace ApiGateway.Middleware.Languages.Schemas.Explanation;

/// <summary>Judges a value in memory: the slow twin of the evaluator, which can say why and knows what was evaluated.</summary>
/// <remarks>The keywords of a value come first, in the order of the message catalogue, then its items or properties.</remarks>
internal sealed partial class DocumentEvaluator
{
    // Each step judges one value by one part.
    private const int MaxSteps = 1_000_000;

    private readonly SchemaLimits _limits;
    private readonly ICollection<string>? _messages;
    private bool _isQuiet;
    private int _steps;

    /// <param name="limits">Bounds the messages.</param>
    /// <param name="messages">Receives the reasons, or <see langword="null"/> if only the verdict counts.</param>
    public DocumentEvaluator(SchemaLimits limits, ICollection<string>? messages)
    {
        _limits = limits;
        _messages = messages;
        _isQuiet = messages is null;
    }

    /// <summary>Gets whether a limit ended the work, so that the verdict is no more than a refusal.</summary>
    public bool IsStopped { get; private set; }

    public bool IsValid(SchemaPart part, JsonValue value) => Judge(part, value, NewMarks(value)) && !IsStopped;

    // Marks the items or members of the value that some keyword has evaluated.
    private bool Judge(SchemaPart part, JsonValue value, bool[] evaluated)
    {
        if (IsStopped || ++_steps > MaxSteps || !RuntimeHelpers.TryEnsureSufficientExecutionStack())
        {
            return Stop();
        }

        if (part.IsNever)
        {
            return Fail("instance is not allowed by the schema");
        }

        var valid = true;
        foreach (var target in part.References)
        {
            valid &= JudgeAlso(target, value, evaluated);
        }

        valid &= JudgeType(part, value) & JudgeEnum(part, value);
        valid &= value.Type switch
        {
            JsonTypes.Number => JudgeNumber(part, value),
            JsonTypes.String => JudgeString(part, value),
            JsonTypes.Array => JudgeArray(part, value),
            JsonTypes.Object => JudgeObject(part, value),
            _ => true,
        };
        valid &= JudgeCombinations(part, value, evaluated);
        return valid & value.Type switch
        {
            JsonTypes.Array => JudgeItems(part, value, evaluated),
            JsonTypes.Object => JudgeMembers(part, value, evaluated),
            _ => true,
        };
    }

    private static bool[] NewMarks(JsonValue value) => new bool[Math.Max(value.Items.Length, value.Members.Length)];

    private bool JudgeChild(SchemaPart part, JsonValue value) => Judge(part, value, NewMarks(value));

    // Judges the value by one more part. It does not see the marks of its siblings, and its own count only if it matches.
    private bool JudgeAlso(SchemaPart part, JsonValue value, bool[] evaluated)
    {
        var marks = NewMarks(value);
        var valid = Judge(part, value, marks);
        for (var i = 0; valid && i < marks.Length; i++)
        {
            evaluated[i] |= marks[i];
        }

        return valid;
    }

    // As JudgeAlso, for a part that may fail: it gives no messages.
    private bool Try(SchemaPart part, JsonValue value, bool[] evaluated)
    {
        var wasQuiet = _isQuiet;
        _isQuiet = true;
        var valid = JudgeAlso(part, value, evaluated);
        _isQuiet = wasQuiet;
        return valid;
    }

    private bool Fail(string message)
    {
        if (!_isQuiet && !IsStopped)
        {
            AddMessage(message);
        }

        return false;
    }

    private bool Stop()
    {
        if (!IsStopped)
        {
            IsStopped = true;
            AddMessage(FailureText.Stopped);
        }

        return false;
    }

    private void AddMessage(string message)
    {
        if (_messages?.Count < _limits.MaxMessages)
        {
            _messages.Add(message);
        }
    }

    private bool IsMatch(SchemaPattern pattern, string text)
    {
        var result = pattern.Match(text);
        return result == PatternResult.Match || (result == PatternResult.TimedOut && Stop());
    }

    private bool JudgeType(SchemaPart part, JsonValue value)
    {
        var type = TypeOf(part, value);
        return (part.Types & type) != JsonTypes.None || Fail(FailureText.Type(type, part.Types));
    }

    private static JsonTypes TypeOf(SchemaPart part, JsonValue value)
    {
        if (value.Type != JsonTypes.Number)
        {
            return value.Type;
        }

        // Draft 4: "a JSON number without a fraction or exponent part".
        var isInteger = part.AllowsZeroFraction
            ? new JsonNumber(Encoding.UTF8.GetBytes(value.Text)).IsInteger
            : !value.Text.AsSpan().ContainsAny(".eE");
        return isInteger ? JsonTypes.Integer : JsonTypes.Number;
    }

    private bool JudgeEnum(SchemaPart part, JsonValue value)
    {
        var valid = true;
        if (part.Enum is { } values && !Array.Exists(values, value.DeepEquals))
        {
            valid = Fail(FailureText.Enum(value, values));
        }

        if (part.Constant is { } constant && !constant.DeepEquals(value))
        {
            valid = Fail(FailureText.Enum(value, [constant]));
        }

        return valid;
    }

    private bool JudgeNumber(SchemaPart part, JsonValue value)
    {
        var number = new JsonNumber(Encoding.UTF8.GetBytes(value.Text));
        var valid = true;
        if (part.Minimum is { } minimum && !minimum.AllowsAsMinimum(number))
        {
            valid = Fail(FailureText.Minimum(minimum, value));
        }

        if (part.Maximum is { } maximum && !maximum.AllowsAsMaximum(number))
        {
            valid = Fail(FailureText.Maximum(maximum, value));
        }

        if (part.MultipleOf is { } multiple && !multiple.Divides(number))
        {
            valid = Fail(FailureText.MultipleOf(value, multiple));
        }

        return valid;
    }

    private bool JudgeString(SchemaPart part, JsonValue value)
    {
        var text = value.Text;
        var length = text.Length;
        for (var i = 1; i < text.Length; i++)
        {
            length -= char.IsSurrogatePair(text[i - 1], text[i]) ? 1 : 0;
        }

        var valid = true;
        if (length < part.MinLength)
        {
            valid = Fail(FailureText.TooShort(value, length, part.MinLength));
        }

        if (length > part.MaxLength)
        {
            valid = Fail(FailureText.TooLong(value, length, part.MaxLength));
        }

        if (part.Pattern is { } pattern && !IsMatch(pattern, text))
        {
            valid = Fail(FailureText.Pattern(pattern.Source, value));
        }

        if (part.Format != SchemaFormat.None && !Format.IsMatch(part.Format, Encoding.UTF8.GetBytes(text)))
        {
            valid = Fail(FailureText.Format(part.Format, value));
        }

        return valid;
    }
}
