using ApiGateway.Middleware.Languages.Values;

namespace ApiGateway.Middleware.Languages.Expressions;

/// <summary><c>.*</c> or <c>[*]</c>: every member or item.</summary>
internal sealed class JsonPathWildcard : JsonPathStep
{
    public override void Spread(Value value, JsonPath path, int index, in JsonPathSearch search)
    {
        if (value.Map is { } map)
        {
            foreach (var entry in map.Entries)
            {
                path.Collect(entry.Value, index + 1, search);
            }
        }
        else if (value.List is { } list)
        {
            foreach (var item in list.Items)
            {
                path.Collect(item, index + 1, search);
            }
        }
    }
}
