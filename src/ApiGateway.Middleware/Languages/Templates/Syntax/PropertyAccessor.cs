using ApiGateway.Middleware.Languages.Values;

namespace ApiGateway.Middleware.Languages.Templates.Syntax;

/// <summary><c>.name</c>: an entry of a map, or one of the few getters.</summary>
internal sealed class PropertyAccessor(string name) : Accessor
{
    private readonly byte[]? _utf8 = JsonName.Encode(name);
    private readonly LoopProperty _loopProperty = ForeachScope.Find(name);

    // Where the last map had the entry. Maps of one kind have it at the same place; any number of threads may write these.
    private int _hint;
    private int _indexedHint;

    public override Value Get(RenderContext context, Value receiver)
    {
        if (_utf8 is not null && receiver.TryGetIndexedMap(out var index, out var token))
        {
            var member = index.Find(token, _utf8, ref _indexedHint);
            return member >= 0 ? index.At(member) : name == "empty" ? Value.Of(index[token].Count == 0) : Value.Null;
        }

        if (receiver.Object is ForeachScope loop)
        {
            return loop.Get(_loopProperty);
        }

        if (receiver.Map is { } map)
        {
            return map.TryGet(name, ref _hint, out var value) ? value : name == "empty" ? Value.Of(map.Count == 0) : Value.Null;
        }

        if (receiver.Object is TemplateObject host)
        {
            return host.GetProperty(name);
        }

        if (name != "empty")
        {
            return Value.Null;
        }

        return receiver.List is { } list ? Value.Of(list.Count == 0)
            : receiver.IsText ? Value.Of(receiver.IsEmptyText)
            : Value.Null;
    }

    public override void Set(RenderContext context, Value receiver, Value value) => receiver.Map?.Put(name, value);

    public override void Write(RenderContext context, Value receiver)
    {
        if (_utf8 is not null && receiver.TryGetIndexedMap(out var index, out var token)
            && index.Find(token, _utf8, ref _indexedHint) is var member and >= 0)
        {
            JsonIndexWriter.WriteText(index, member, context.Output);
        }
        else if (receiver.Object is not TemplateObject host || !host.TryWriteProperty(name, context.Output))
        {
            base.Write(context, receiver);
        }
    }
}
