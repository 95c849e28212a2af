using ApiGateway.Middleware.Languages.Values;

namespace ApiGateway.Middleware.Languages.Expressions;

/// <summary><c>['a','b']</c>: at the end of a path one object of these members, elsewhere each of them.</summary>
internal sealed class JsonPathMembers(string[] names) : JsonPathStep
{
    public override bool TryStep(Value value, out Value next)
    {
        next = default;
        if (value.Map is not { } map)
        {
            return false;
        }

        var members = new ValueMap();
        foreach (var name in names)
        {
            if (map.TryGet(name, out var member))
            {
                members.Put(name, member);
            }
        }

        next = Value.Of(members);
        return true;
    }

    public override void Spread(Value value, JsonPath path, int index, in JsonPathSearch search)
    {
        if (value.Map is not { } map)
        {
            return;
        }

        foreach (var name in names)
        {
            if (map.TryGet(name, out var member))
            {
                path.Collect(member, index + 1, search);
            }
        }
    }
}
