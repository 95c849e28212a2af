using ApiGateway.Middleware.Languages.Values;

namespace ApiGateway.Middleware.Languages.Templates.Methods;

/// <summary>Methods of lists: those of Java's List. What Java returns nothing for is null.</summary>
internal static class ListMethods
{
    public static Value Call(ValueList list, in TemplateCall call)
    {
        // Most of these look at each item.
        call.Rendering.Step(list.Count / 16);

        switch (call.Method)
        {
            case TemplateMethod.Size or TemplateMethod.Count or TemplateMethod.Length:
                return Value.Of((long)list.Count);
            case TemplateMethod.IsEmpty:
                return Value.Of(list.Count == 0);
            case TemplateMethod.Get:
                return list[Index(list, call, 0, list.Count)];
            case TemplateMethod.Set:
                var index = Index(list, call, 0, list.Count);
                var before = list[index];
                list[index] = call.Argument(1);
                return before;
            case TemplateMethod.Add when call.Count > 1:
                list.Insert(Index(list, call, 0, list.Count + 1), call.Argument(1));
                return Value.Null;
            case TemplateMethod.Add when call.Count == 1:
                list.Add(call.Argument(0));
                return Value.True;
            case TemplateMethod.AddAll:
                return Value.Of(AddAll(list, call));
            case TemplateMethod.Contains:
                return Value.Of(list.IndexOf(call.Argument(0)) >= 0);
            case TemplateMethod.ContainsAll:
                return Value.Of(ContainsAll(list, call));
            case TemplateMethod.IndexOf:
                return Value.Of((long)list.IndexOf(call.Argument(0)));
            case TemplateMethod.LastIndexOf:
                return Value.Of((long)LastIndexOf(list, call.Argument(0)));
            case TemplateMethod.Remove:
                return Remove(list, call);
            case TemplateMethod.RemoveAll:
                return Value.Of(RemoveAll(list, call));
            case TemplateMethod.Clear:
                list.Clear();
                return Value.Null;
            case TemplateMethod.SubList:
                var start = Index(list, call, 0, list.Count + 1);
                return Value.Of(Copy(list, call, start, Index(list, call, 1, list.Count + 1)));
            case TemplateMethod.ToArray:
                return Value.Of(Copy(list, call, 0, list.Count));
            default:
                return ValueMethods.CallCommon(Value.Of(list), call);
        }
    }

    private static bool AddAll(ValueList list, in TemplateCall call)
    {
        if (call.Argument(0).List is not { Count: > 0 } others)
        {
            return false;
        }

        // The list may be added to itself.
        var count = others.Count;
        call.Rendering.Step(count);
        for (var i = 0; i < count; i++)
        {
            list.Add(others[i]);
        }

        return true;
    }

    private static bool ContainsAll(ValueList list, in TemplateCall call)
    {
        if (call.Argument(0).List is not { } others)
        {
            return false;
        }

        foreach (var item in others.Items)
        {
            call.Rendering.Step(1 + (list.Count / 16));
            if (list.IndexOf(item) < 0)
            {
                return false;
            }
        }

        return true;
    }

    private static int LastIndexOf(ValueList list, Value value)
    {
        for (var i = list.Count - 1; i >= 0; i--)
        {
            if (ValueComparer.AreSame(list[i], value))
            {
                return i;
            }
        }

        return -1;
    }

    // A number is a position, anything else the item itself.
    private static Value Remove(ValueList list, in TemplateCall call)
    {
        if (call.Argument(0).IsInteger)
        {
            var index = Index(list, call, 0, list.Count);
            var removed = list[index];
            list.RemoveAt(index);
            return removed;
        }

        var found = list.IndexOf(call.Argument(0));
        if (found >= 0)
        {
            list.RemoveAt(found);
        }

        return Value.Of(found >= 0);
    }

    private static bool RemoveAll(ValueList list, in TemplateCall call)
    {
        if (call.Argument(0).List is not { } others)
        {
            return false;
        }

        var kept = new ValueList(list.Count);
        foreach (var item in list.Items)
        {
            call.Rendering.Step(1 + (others.Count / 16));
            if (others.IndexOf(item) < 0)
            {
                kept.Add(item);
            }
        }

        var isChanged = kept.Count != list.Count;
        list.Clear();
        foreach (var item in kept.Items)
        {
            list.Add(item);
        }

        return isChanged;
    }

    private static ValueList Copy(ValueList list, in TemplateCall call, int start, int end)
    {
        if (start > end)
        {
            throw OutOfRange(list, start);
        }

        call.Rendering.Step(end - start);
        var copy = new ValueList(end - start);
        for (var i = start; i < end; i++)
        {
            copy.Add(list[i]);
        }

        return copy;
    }

    private static int Index(ValueList list, in TemplateCall call, int argument, int count)
    {
        var index = call.Position(argument);
        return index >= 0 && index < count ? index : throw OutOfRange(list, index);
    }

    private static TemplateRenderException OutOfRange(ValueList list, int index) =>
        new($"A list of {list.Count} items has no position {index}.");
}
