using ApiGateway.Middleware.Languages.Values;

namespace ApiGateway.Middleware.Languages.Expressions;

/// <summary><c>.name</c> or <c>['name']</c>.</summary>
internal sealed class JsonPathMember(string name) : JsonPathStep
{
    public override bool IsDefinite => true;

    public override bool TryStep(Value value, out Value next)
    {
        next = default;
        return value.Map is { } map && map.TryGet(name, out next);
    }
}
