using ApiGateway.Middleware.Languages.Schemas.Json;
using ApiGateway.Middleware.Languages.Schemas.Loading;

namespace ApiGateway.Middleware.Languages.Schemas.Evaluation;

/// <summary>What a node asks of numbers. Short whole numbers are compared as such, all others digit by digit.</summary>
internal sealed class NumberRules
{
    private const int MaxFastLength = 18;

    private readonly NumberBound[] _minimums;
    private readonly NumberBound[] _maximums;
    private readonly NumberMultiple[] _multiples;
    private readonly long _firstWhole = long.MinValue;
    private readonly long _lastWhole = long.MaxValue;

    public NumberRules(NumberBound[] minimums, NumberBound[] maximums, NumberMultiple[] multiples)
    {
        _minimums = minimums;
        _maximums = maximums;
        _multiples = multiples;
        foreach (var minimum in minimums)
        {
            _firstWhole = Math.Max(_firstWhole, minimum.FirstWhole());
        }

        foreach (var maximum in maximums)
        {
            _lastWhole = Math.Min(_lastWhole, maximum.LastWhole());
        }
    }

    /// <summary>Judges a well-formed number.</summary>
    /// <param name="text">The number as written.</param>
    /// <param name="plain">Whether it has neither fraction nor exponent.</param>
    public bool Allow(ReadOnlySpan<byte> text, bool plain) =>
        plain && text.Length <= MaxFastLength ? AllowWhole(text) : AllowExactly(new JsonNumber(text));

    private bool AllowWhole(ReadOnlySpan<byte> text)
    {
        var negative = text[0] == '-';
        long value = 0;
        for (var i = negative ? 1 : 0; i < text.Length; i++)
        {
            value = (value * 10) + (text[i] - '0');
        }

        value = negative ? -value : value;
        if (value < _firstWhole || value > _lastWhole)
        {
            return false;
        }

        foreach (var multiple in _multiples)
        {
            if (multiple.Whole != 0 ? value % multiple.Whole != 0 : !multiple.Divides(new JsonNumber(text)))
            {
                return false;
            }
        }

        return true;
    }

    private bool AllowExactly(JsonNumber value)
    {
        foreach (var minimum in _minimums)
        {
            if (!minimum.AllowsAsMinimum(value))
            {
                return false;
            }
        }

        foreach (var maximum in _maximums)
        {
            if (!maximum.AllowsAsMaximum(value))
            {
                return false;
            }
        }

        foreach (var multiple in _multiples)
        {
            if (!multiple.Divides(value))
            {
                return false;
            }
        }

        return true;
    }
}
