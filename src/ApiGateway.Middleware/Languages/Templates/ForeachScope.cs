using ApiGateway.Middleware.Languages.Values;

namespace ApiGateway.Middleware.Languages.Templates;

/// <summary>The variable <c>$foreach</c> of one loop.</summary>
internal sealed class ForeachScope(ForeachScope? parent) : TemplateObject
{
    /// <summary>Gets or sets the number of the round, from 0.</summary>
    public int Index { get; set; }

    public bool HasNext { get; set; }

    private ForeachScope Topmost => parent?.Topmost ?? this;

    /// <summary>Returns what a name means, so that a template looks it up once.</summary>
    public static LoopProperty Find(string name) => name switch
    {
        "index" => LoopProperty.Index,
        "count" => LoopProperty.Count,
        "hasNext" => LoopProperty.HasNext,
        "first" => LoopProperty.First,
        "last" => LoopProperty.Last,
        "parent" => LoopProperty.Parent,
        "topmost" => LoopProperty.Topmost,
        _ => LoopProperty.None,
    };

    public Value Get(LoopProperty property) => property switch
    {
        LoopProperty.Index => Value.Of((long)Index),
        LoopProperty.Count => Value.Of(Index + 1L),
        LoopProperty.HasNext => Value.Of(HasNext),
        LoopProperty.First => Value.Of(Index == 0),
        LoopProperty.Last => Value.Of(!HasNext),
        LoopProperty.Parent => Value.Of(parent),
        LoopProperty.Topmost => Value.Of(Topmost),
        _ => Value.Null,
    };

    public override Value GetProperty(string name) => Get(Find(name));

    public override Value CallMethod(in TemplateCall call) => Get(call.Name switch
    {
        "getIndex" => LoopProperty.Index,
        "getCount" => LoopProperty.Count,
        "hasNext" or "getHasNext" => LoopProperty.HasNext,
        "isFirst" or "getFirst" => LoopProperty.First,
        "isLast" or "getLast" => LoopProperty.Last,
        "getParent" => LoopProperty.Parent,
        "getTopmost" => LoopProperty.Topmost,
        _ => LoopProperty.None,
    });
}
