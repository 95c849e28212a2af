using ApiGateway.Middleware.Languages.Values;

namespace ApiGateway.Middleware.Languages.Expressions;

/// <summary><c>[from:to]</c>: either end may be missing or count from the end; <c>to</c> is not included.</summary>
internal sealed class JsonPathSlice(int? from, int? to) : JsonPathStep
{
    public override void Spread(Value value, JsonPath path, int index, in JsonPathSearch search)
    {
        if (value.List is not { } list)
        {
            return;
        }

        var end = Position(to ?? list.Count, list.Count);
        for (var i = Position(from ?? 0, list.Count); i < end; i++)
        {
            path.Collect(list[i], index + 1, search);
        }
    }

    private static int Position(int position, int count) => Math.Clamp(position < 0 ? count + position : position, 0, count);
}
