using ApiGateway.Middleware.Languages.Values;

namespace ApiGateway.Middleware.Languages.Expressions;

/// <summary><c>[0,2]</c>.</summary>
internal sealed class JsonPathIndexes(JsonPathIndex[] positions) : JsonPathStep
{
    public override void Spread(Value value, JsonPath path, int index, in JsonPathSearch search)
    {
        foreach (var position in positions)
        {
            if (position.TryStep(value, out var item))
            {
                path.Collect(item, index + 1, search);
            }
        }
    }
}
