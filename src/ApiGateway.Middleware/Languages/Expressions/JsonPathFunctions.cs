using ApiGateway.Middleware.Languages.Values;

namespace ApiGateway.Middleware.Languages.Expressions;

/// <summary>The functions that may end a path, applied to what the path found.</summary>
internal static class JsonPathFunctions
{
    public static JsonPathFunction? Find(ReadOnlySpan<char> name) => name switch
    {
        "length" => JsonPathFunction.Length,
        "size" => JsonPathFunction.Size,
        "min" => JsonPathFunction.Min,
        "max" => JsonPathFunction.Max,
        "sum" => JsonPathFunction.Sum,
        "avg" => JsonPathFunction.Avg,
        "stddev" => JsonPathFunction.StdDev,
        "keys" => JsonPathFunction.Keys,
        _ => null,
    };

    public static bool TryApply(JsonPathFunction function, Value value, out Value result)
    {
        result = default;

        if (function is JsonPathFunction.Length or JsonPathFunction.Size)
        {
            var length = value.List?.Count ?? value.Map?.Count ?? value.Text?.Length ?? -1;
            result = Value.Of((long)length);
            return length >= 0;
        }

        if (function == JsonPathFunction.Keys)
        {
            result = Value.Of(Keys(value.Map));
            return value.Map is not null;
        }

        return value.List is { } list && TryAggregate(function, list, out result);
    }

    private static ValueList? Keys(ValueMap? map)
    {
        if (map is null)
        {
            return null;
        }

        var keys = new ValueList(map.Count) { IsJson = true };
        foreach (var entry in map.Entries)
        {
            keys.Add(Value.Of(entry.Key));
        }

        return keys;
    }

    private static bool TryAggregate(JsonPathFunction function, ValueList list, out Value result)
    {
        double min = double.PositiveInfinity, max = double.NegativeInfinity, sum = 0, squares = 0;
        var count = 0;

        foreach (var item in list.Items)
        {
            if (item.IsNumber)
            {
                var number = item.Double;
                min = Math.Min(min, number);
                max = Math.Max(max, number);
                sum += number;
                squares += number * number;
                count++;
            }
        }

        result = count == 0 ? default : Value.Of(function switch
        {
            JsonPathFunction.Min => min,
            JsonPathFunction.Max => max,
            JsonPathFunction.Sum => sum,
            JsonPathFunction.Avg => sum / count,
            _ => Math.Sqrt(Math.Max(0, (squares / count) - (sum / count * sum / count))),
        });

        return count > 0;
    }
}
