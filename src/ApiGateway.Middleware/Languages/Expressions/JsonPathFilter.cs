using ApiGateway.Middleware.Languages.Values;

namespace ApiGateway.Middleware.Languages.Expressions;

/// <summary><c>[?(condition)]</c>: the items of a list, or an object itself, for which the condition holds.</summary>
internal sealed class JsonPathFilter(JsonPathCondition condition) : JsonPathStep
{
    public override void Spread(Value value, JsonPath path, int index, in JsonPathSearch search)
    {
        if (value.List is { } list)
        {
            foreach (var item in list.Items)
            {
                if (condition.Holds(item, search.Document, search.Budget))
                {
                    path.Collect(item, index + 1, search);
                }
            }
        }
        else if (value.Map is not null && condition.Holds(value, search.Document, search.Budget))
        {
            path.Collect(value, index + 1, search);
        }
    }
}
