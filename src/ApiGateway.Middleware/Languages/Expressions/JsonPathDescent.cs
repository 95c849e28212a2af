using ApiGateway.Middleware.Languages.Values;

namespace ApiGateway.Middleware.Languages.Expressions;

/// <summary><c>..</c>: the value itself and everything below it, parents before their children.</summary>
internal sealed class JsonPathDescent : JsonPathStep
{
    public override void Spread(Value value, JsonPath path, int index, in JsonPathSearch search) =>
        Visit(value, path, index, search, 0);

    private static void Visit(Value value, JsonPath path, int index, in JsonPathSearch search, int depth)
    {
        if (depth > ValueWriter.MaxDepth)
        {
            throw new ValueLimitException("A document is too deep to be searched.");
        }

        path.Collect(value, index + 1, search);

        if (value.Map is { } map)
        {
            foreach (var entry in map.Entries)
            {
                Visit(entry.Value, path, index, search, depth + 1);
            }
        }
        else if (value.List is { } list)
        {
            foreach (var item in list.Items)
            {
                Visit(item, path, index, search, depth + 1);
            }
        }
    }
}
