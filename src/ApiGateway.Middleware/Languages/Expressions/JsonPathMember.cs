using ApiGateway.Middleware.Languages.Values;

namespace ApiGateway.Middleware.Languages.Expressions;

/// <summary><c>.name</c> or <c>['name']</c>.</summary>
internal sealed class JsonPathMember(string name) : JsonPathStep
{
    private readonly byte[]? _utf8 = JsonName.Encode(name);

    public override bool IsDefinite => true;

    public override bool TryStep(Value value, out Value next)
    {
        next = default;
        if (_utf8 is not null && value.TryGetIndexed(out var index, out var token))
        {
            var member = index[token].Kind == ValueKind.Map ? index.Find(token, _utf8) : JsonIndex.NotFound;
            next = member >= 0 ? index.At(member) : default;
            return member >= 0;
        }

        return value.Map is { } map && map.TryGet(name, out next);
    }
}
