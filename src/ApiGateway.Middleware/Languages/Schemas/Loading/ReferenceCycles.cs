namespace ApiGateway.Middleware.Languages.Schemas.Loading;

/// <summary>Finds schemas that refer to themselves for the same value, which no validator could ever finish.</summary>
/// <remarks>Cycles that go through a property or an item are fine: each turn consumes a level of the body.</remarks>
internal static class ReferenceCycles
{
    public static void Check(IEnumerable<SchemaPart> parts, Action<string, string, string> addError)
    {
        var finished = new HashSet<SchemaPart>();
        var path = new Stack<(SchemaPart Part, IEnumerator<SchemaPart> Next)>();
        var onPath = new HashSet<SchemaPart>();
        foreach (var start in parts)
        {
            if (finished.Add(start))
            {
                path.Push((start, start.SameValue().GetEnumerator()));
                onPath.Add(start);
            }

            while (path.TryPeek(out var top))
            {
                if (!top.Next.MoveNext())
                {
                    path.Pop();
                    onPath.Remove(top.Part);
                    continue;
                }

                var next = top.Next.Current;
                if (onPath.Contains(next))
                {
                    addError(
                        top.Part.Pointer,
                        $"leads back to '{next.Pointer}' for the same value, without end.",
                        "Let the cycle pass through 'properties' or 'items', or remove it.");
                }
                else if (finished.Add(next))
                {
                    path.Push((next, next.SameValue().GetEnumerator()));
                    onPath.Add(next);
                }
            }
        }
    }
}
