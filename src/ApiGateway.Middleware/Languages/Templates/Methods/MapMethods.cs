using ApiGateway.Middleware.Languages.Values;

namespace ApiGateway.Middleware.Languages.Templates.Methods;

/// <summary>Methods of maps: those of Java's Map. What Java returns nothing for is null.</summary>
internal static class MapMethods
{
    public static Value Call(ValueMap map, in TemplateCall call)
    {
        switch (call.Method)
        {
            case TemplateMethod.Get:
                return map.Get(call.Text(0));
            case TemplateMethod.GetOrDefault:
                return map.TryGet(call.Text(0), out var found) ? found : call.Argument(1);
            case TemplateMethod.Put:
                return map.Put(call.Text(0), call.Argument(1));
            case TemplateMethod.PutIfAbsent:
                return map.TryGet(call.Text(0), out found) && !found.IsNull ? found : map.Put(call.Text(0), call.Argument(1));
            case TemplateMethod.PutAll:
                PutAll(map, call);
                return Value.Null;
            case TemplateMethod.Remove:
                call.Rendering.Step(map.Count / 16);
                map.Remove(call.Text(0), out var removed);
                return removed;
            case TemplateMethod.ContainsKey:
                return Value.Of(map.ContainsKey(call.Text(0)));
            case TemplateMethod.ContainsValue:
                return Value.Of(Values(map, call).IndexOf(call.Argument(0)) >= 0);
            case TemplateMethod.Size or TemplateMethod.Count:
                return Value.Of((long)map.Count);
            case TemplateMethod.IsEmpty:
                return Value.Of(map.Count == 0);
            case TemplateMethod.KeySet:
                return Value.Of(Keys(map, call));
            case TemplateMethod.Values:
                return Value.Of(Values(map, call));
            case TemplateMethod.EntrySet:
                return Value.Of(Entries(map, call));
            case TemplateMethod.Clear:
                map.Clear();
                return Value.Null;
            default:
                return ValueMethods.CallCommon(Value.Of(map), call);
        }
    }

    private static void PutAll(ValueMap map, in TemplateCall call)
    {
        if (call.Argument(0).Map is not { } others || ReferenceEquals(map, others))
        {
            return;
        }

        call.Rendering.Step(others.Count);
        foreach (var entry in others.Entries)
        {
            map.Put(entry.Key, entry.Value);
        }
    }

    private static ValueList Keys(ValueMap map, in TemplateCall call)
    {
        call.Rendering.Step(map.Count);
        var list = new ValueList(map.Count);
        foreach (var entry in map.Entries)
        {
            list.Add(Value.Of(entry.Key));
        }

        return list;
    }

    private static ValueList Values(ValueMap map, in TemplateCall call)
    {
        call.Rendering.Step(map.Count);
        var list = new ValueList(map.Count);
        foreach (var entry in map.Entries)
        {
            list.Add(entry.Value);
        }

        return list;
    }

    private static ValueList Entries(ValueMap map, in TemplateCall call)
    {
        call.Rendering.Step(map.Count);
        var list = new ValueList(map.Count);
        foreach (var entry in map.Entries)
        {
            list.Add(Value.Of(new MapEntry(entry.Key, entry.Value, map)));
        }

        return list;
    }
}
