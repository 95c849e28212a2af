using ApiGateway.Middleware.Languages.Values;

namespace ApiGateway.Middleware.Languages.Templates;

/// <summary>The variable <c>$foreach</c> of one loop.</summary>
internal sealed class ForeachScope(ForeachScope? parent) : TemplateObject
{
    /// <summary>Gets or sets the number of the round, from 0.</summary>
    public int Index { get; set; }

    public bool HasNext { get; set; }

    private ForeachScope Topmost => parent?.Topmost ?? this;

    public override Value GetProperty(string name) => name switch
    {
        "index" => Value.Of((long)Index),
        "count" => Value.Of(Index + 1L),
        "hasNext" => Value.Of(HasNext),
        "first" => Value.Of(Index == 0),
        "last" => Value.Of(!HasNext),
        "parent" => Value.Of(parent),
        "topmost" => Value.Of(Topmost),
        _ => Value.Null,
    };

    public override Value CallMethod(in TemplateCall call) => GetProperty(call.Name switch
    {
        "getIndex" => "index",
        "getCount" => "count",
        "hasNext" or "getHasNext" => "hasNext",
        "isFirst" or "getFirst" => "first",
        "isLast" or "getLast" => "last",
        "getParent" => "parent",
        "getTopmost" => "topmost",
        _ => string.Empty,
    });
}
