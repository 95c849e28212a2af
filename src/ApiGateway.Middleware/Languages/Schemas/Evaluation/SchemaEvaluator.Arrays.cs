using System.Buffers;
using ApiGateway.Middleware.Languages.Json;
using ApiGateway.Middleware.Languages.Schemas.Json;

namespace ApiGateway.Middleware.Languages.Schemas.Evaluation;

// Arrays.
internal ref partial struct SchemaEvaluator
{
    private bool Array(ArrayRules rules)
    {
        if (++_depth > _maxDepth)
        {
            return Refuse();
        }

        var start = _position;
        var startTokens = _tokens;
        var prefix = rules.Prefix;
        var rest = rules.Rest;
        var count = 0;

        _position++;
        SkipWhiteSpace();
        if (!TakeIf((byte)']'))
        {
            do
            {
                SkipWhiteSpace();
                if (!Value(count < prefix.Length ? prefix[count] : rest))
                {
                    return false;
                }

                count++;
                SkipWhiteSpace();
            }
            while (TakeIf((byte)','));

            if (!TakeIf((byte)']'))
            {
                return false;
            }
        }

        return count >= rules.MinItems && count <= rules.MaxItems
            && EndContainer(count)
            && (!rules.HasSecondPass || SecondPass(rules, new Replay(this, start, startTokens), count));
    }

    private bool SecondPass(ArrayRules rules, Replay array, int count)
    {
        foreach (var contains in rules.Contains)
        {
            var matches = CountItems(contains.Node, array, count);
            if (matches < contains.Min || matches > contains.Max || !Finish(ref array))
            {
                return false;
            }
        }

        return !rules.UniqueItems || count < 2 || (Charge(array.End - array.Start) && AllDiffer(array.Start, count));
    }

    private int CountItems(SchemaNode node, in Replay array, int count)
    {
        var matches = 0;
        array.Rewind(ref this);
        for (var i = 0; i < count && !_refused; i++)
        {
            _position = NextItem(_position);
            var item = new Replay(this);
            matches += Try(node, ref item) ? 1 : 0;
            Finish(ref item);
        }

        return matches;
    }

    // Sorts the hashes of the items and compares only items whose hashes are equal.
    private bool AllDiffer(int start, int count)
    {
        var hashes = ArrayPool<ulong>.Shared.Rent(count);
        var starts = ArrayPool<int>.Shared.Rent(count);

        var position = start;
        for (var i = 0; i < count; i++)
        {
            position = NextItem(position);
            starts[i] = position;
            hashes[i] = ((ulong)(uint)JsonHash.Next(_json, ref position) << 32) | (uint)i;
        }

        hashes.AsSpan(0, count).Sort();
        var differ = true;
        for (var i = 1; i < count && differ; i++)
        {
            for (var j = i - 1; j >= 0 && differ && hashes[j] >> 32 == hashes[i] >> 32; j--)
            {
                differ = Differ(starts[(int)(uint)hashes[j]], starts[(int)(uint)hashes[i]]);
            }
        }

        ArrayPool<ulong>.Shared.Return(hashes);
        ArrayPool<int>.Shared.Return(starts);
        return differ;
    }

    // From the opening bracket, or the end of an item, to the next item.
    private readonly int NextItem(int position) =>
        JsonScanner.SkipWhiteSpace(_json, JsonScanner.SkipWhiteSpace(_json, position) + 1);

    // False if the work would pass the limit, so that items made to need many comparisons are refused.
    private bool Differ(int left, int right)
    {
        var leftEnd = left;
        var rightEnd = right;
        JsonHash.Next(_json, ref leftEnd);
        JsonHash.Next(_json, ref rightEnd);
        var leftText = _json[left..leftEnd];
        var rightText = _json[right..rightEnd];
        return Charge(leftText.Length + rightText.Length)
            && !leftText.SequenceEqual(rightText)
            && !JsonParser.Parse(leftText, _maxDepth)!.DeepEquals(JsonParser.Parse(rightText, _maxDepth)!);
    }
}
