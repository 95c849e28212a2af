using ApiGateway.Middleware.Languages.Values;

namespace ApiGateway.Middleware.Languages.Expressions;

/// <summary><c>[n]</c>; a negative number counts from the end.</summary>
internal sealed class JsonPathIndex(int position) : JsonPathStep
{
    public override bool IsDefinite => true;

    public override bool TryStep(Value value, out Value next)
    {
        next = default;
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
}
