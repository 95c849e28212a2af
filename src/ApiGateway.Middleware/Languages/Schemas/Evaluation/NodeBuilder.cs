using ApiGateway.Middleware.Languages.Schemas.Formats;
using ApiGateway.Middleware.Languages.Schemas.Json;
using ApiGateway.Middleware.Languages.Schemas.Loading;
using ApiGateway.Middleware.Languages.Schemas.Patterns;

namespace ApiGateway.Middleware.Languages.Schemas.Evaluation;

/// <summary>Turns parts into nodes: one node for each set of parts that can meet at one value.</summary>
internal sealed partial class NodeBuilder
{
    private readonly Dictionary<string, SchemaNode> _nodes = [];
    private readonly Queue<(SchemaNode Node, PartSet Set)> _unbuilt = [];
    private readonly int _maxNodes;

    private NodeBuilder(int maxNodes) => _maxNodes = maxNodes;

    /// <summary>The node of a schema; null if it takes more than <paramref name="maxNodes"/> nodes.</summary>
    public static SchemaNode? Build(SchemaPart root, int maxNodes)
    {
        var builder = new NodeBuilder(maxNodes);
        var node = builder.Node(root);
        while (builder._nodes.Count <= maxNodes && builder._unbuilt.TryDequeue(out var next))
        {
            builder.Fill(next.Node, next.Set);
        }

        return builder._nodes.Count <= maxNodes ? node : null;
    }

    private SchemaNode Node(SchemaPart part) => Node([part]);

    private SchemaNode Node(IEnumerable<SchemaPart> parts)
    {
        if (_nodes.Count > _maxNodes)
        {
            return SchemaNode.Any;
        }

        var set = PartSet.Expand(parts);
        if (!_nodes.TryGetValue(set.Key, out var node))
        {
            node = new SchemaNode();
            _nodes.Add(set.Key, node);
            _unbuilt.Enqueue((node, set));
        }

        return node;
    }

    private void Fill(SchemaNode node, PartSet set)
    {
        foreach (var part in set.Parts)
        {
            node.AllowsZeroFraction |= part.AllowsZeroFraction;
            node.Types &= part.IsNever ? JsonTypes.None : part.Types;
        }

        node.Enum = Enum(set.Parts);
        node.Types &= node.Enum?.Types ?? JsonTypes.All;
        node.Strings = Strings(set.Parts);
        node.Numbers = Numbers(set.Parts);
        node.Arrays = Arrays(set.Parts);

        var presence = new PresenceRules(set.Parts, Node);
        node.Objects = Objects(set, presence);

        var composite = Composite(node, set, presence.Overflow);
        node.Composite = composite.IsEmpty ? null : composite;
        node.IsCompositeOnly = node.Types == JsonTypes.All && node.Enum is null && node.Strings is null && node.Numbers is null
            && node.Arrays == ArrayRules.Any && node.Objects == ObjectRules.Any;
    }

    // The values that all lists have.
    private static EnumRules? Enum(SchemaPart[] parts)
    {
        List<JsonValue>? values = null;
        foreach (var part in parts)
        {
            foreach (var list in (JsonValue[]?[])[part.Enum, part.Constant is null ? null : [part.Constant]])
            {
                if (list is not null)
                {
                    values = [.. (values ?? [.. list]).Where(value => list.Any(value.DeepEquals))];
                }
            }
        }

        return values is null ? null : new EnumRules(values);
    }

    private static StringRules? Strings(SchemaPart[] parts)
    {
        var min = parts.Max(part => (int?)part.MinLength) ?? 0;
        var max = parts.Min(part => (int?)part.MaxLength) ?? int.MaxValue;
        SchemaPattern[] patterns = [.. parts.Select(part => part.Pattern).OfType<SchemaPattern>()];
        SchemaFormat[] formats = [.. parts.Select(part => part.Format).Where(format => format != SchemaFormat.None).Distinct()];
        return min == 0 && max == int.MaxValue && patterns.Length == 0 && formats.Length == 0
            ? null
            : new StringRules(min, max, patterns, formats);
    }

    private static NumberRules? Numbers(SchemaPart[] parts)
    {
        NumberBound[] minimums = [.. parts.Select(part => part.Minimum).OfType<NumberBound>()];
        NumberBound[] maximums = [.. parts.Select(part => part.Maximum).OfType<NumberBound>()];
        NumberMultiple[] multiples = [.. parts.Select(part => part.MultipleOf).OfType<NumberMultiple>()];
        return minimums.Length + maximums.Length + multiples.Length == 0 ? null : new NumberRules(minimums, maximums, multiples);
    }

    private CompositeRules Composite(SchemaNode node, PartSet set, PresenceRules? overflow) => new()
    {
        Also = overflow is null ? [] : [Overflow(overflow)],
        AnyOf = [.. set.Parts.Where(part => part.AnyOf.Length > 0).Select(part => part.AnyOf.Select(Node).ToArray())],
        OneOf = [.. set.Parts.Where(part => part.OneOf.Length > 0).Select(part => part.OneOf.Select(Node).ToArray())],
        Not = [.. set.Parts.Select(part => part.Not).OfType<SchemaPart>().Select(Node)],
        Conditions = [.. set.Parts.Where(part => (part.Then ?? part.Else) is not null).Select(Condition)],
        Structures = node.Enum is { HasStructures: true } values ? values : null,
        Documents = set.Documents,
    };

    private ConditionRule Condition(SchemaPart part) => new(
        Node(part.If!), part.Then is null ? null : Node(part.Then), part.Else is null ? null : Node(part.Else));

    private static SchemaNode Overflow(PresenceRules presence)
    {
        var names = presence.Names.ToArray();
        return new SchemaNode
        {
            Objects = new ObjectRules
            {
                Names = new Utf8Names(names),
                Children = [.. names.Select(_ => SchemaNode.Any)],
                Bits = [.. names.Select(presence.BitOf)],
                Required = presence.Required,
                Dependencies = presence.Dependencies,
                DependentSchemas = presence.DependentSchemas,
            },
            Composite = presence.Overflow is null ? null : new CompositeRules { Also = [Overflow(presence.Overflow)] },
        };
    }
}
