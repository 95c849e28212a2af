using ApiGateway.Middleware.Languages.Values;

namespace ApiGateway.Middleware.Languages.Expressions;

/// <summary><c>[n]</c>; a negative number counts from the end.</summary>
internal sealed class JsonPathIndex(int position) : JsonPathStep
{
    public override bool IsDefinite => true;

    public override bool TryStep(Value value, out Value next)
    {
        next = default;
        if (value.Kind == ValueKind.List && value.TryGetIndexed(out var index, out var token))
        {
            return TryItem(index, token, out next);
        }

        if (value.List is not { } list)
        {
            return false;
        }

        var actual = position < 0 ? list.Count + position : position;
        if ((uint)actual >= (uint)list.Count)
        {
            return false;
        }

        next = list[actual];
        return true;
    }

    private bool TryItem(JsonIndex index, int list, out Value next)
    {
        var count = index[list].Count;
        var actual = position < 0 ? count + position : position;
        if ((uint)actual >= (uint)count)
        {
            next = default;
            return false;
        }

        next = index.ItemAt(list, actual);
        return true;
    }
}
