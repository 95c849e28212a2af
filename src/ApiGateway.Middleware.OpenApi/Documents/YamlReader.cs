using System.Text;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace ApiGateway.Middleware.OpenApi.Documents;

/// <summary>Reads YAML into a tree: the core schema of YAML 1.2, anchors and aliases within a bound, merge keys.</summary>
internal sealed class YamlReader(IParser parser)
{
    private readonly Dictionary<AnchorName, DocumentNode> _anchors = [];
    private long _aliasCost;
    private int _depth;

    /// <exception cref="DocumentException">The text is no YAML, or is more than JSON can say.</exception>
    public static DocumentNode Read(ReadOnlySpan<byte> utf8)
    {
        var parser = new Parser(new StringReader(Encoding.UTF8.GetString(utf8)));
        try
        {
            return new YamlReader(parser).ReadDocument();
        }
        catch (YamlException exception)
        {
            throw new DocumentException(exception.Message, (int)exception.Start.Line);
        }
        catch (Exception exception) when (exception is InvalidOperationException or ArgumentException or IndexOutOfRangeException or FormatException)
        {
            // The parser checks most, but not all, of what it is given.
            throw new DocumentException("The document is neither JSON nor YAML.", (int?)parser.Current?.Start.Line);
        }
    }

    private DocumentNode ReadDocument()
    {
        parser.Consume<StreamStart>();
        if (!parser.TryConsume<DocumentStart>(out _))
        {
            throw new DocumentException("The document is empty.", 1);
        }

        var root = ReadNode();
        parser.Consume<DocumentEnd>();
        if (parser.TryConsume<DocumentStart>(out var second))
        {
            throw new DocumentException("A second document begins here, but a file holds one. Remove it.", (int)second.Start.Line);
        }

        return root;
    }

    private DocumentNode ReadNode()
    {
        if (parser.TryConsume<AnchorAlias>(out var alias))
        {
            return Expand(alias);
        }

        if (parser.TryConsume<Scalar>(out var scalar))
        {
            return Remember(scalar, YamlScalars.Resolve(scalar));
        }

        if (++_depth > DocumentLimits.MaxDepth)
        {
            throw new DocumentException($"The document is nested deeper than {DocumentLimits.MaxDepth} levels.", (int)parser.Current!.Start.Line);
        }

        var node = parser.TryConsume<SequenceStart>(out var sequence) ? ReadSequence(sequence) : ReadMapping();
        _depth--;
        return node;
    }

    private DocumentNode ReadSequence(SequenceStart start)
    {
        var node = new DocumentNode(NodeKind.Array, (int)start.Start.Line);
        while (!parser.TryConsume<SequenceEnd>(out _))
        {
            node.Add(ReadNode());
        }

        return YamlScalars.ApplyFunction(start, Remember(start, node));
    }

    private DocumentNode ReadMapping()
    {
        var start = parser.Consume<MappingStart>();
        var node = new DocumentNode(NodeKind.Object, (int)start.Start.Line);
        List<DocumentNode>? merged = null;
        while (!parser.TryConsume<MappingEnd>(out _))
        {
            var line = (int)parser.Current!.Start.Line;
            if (!parser.TryConsume<Scalar>(out var key))
            {
                throw new DocumentException("The key of a mapping must be a text.", line);
            }

            YamlScalars.Check(key);
            var value = ReadNode();
            if (key.Value == "<<" && key.Style == ScalarStyle.Plain)
            {
                (merged ??= []).Add(value);
            }
            else if (!node.TryAdd(key.Value, value))
            {
                throw new DocumentException(
                    $"The member '{key.Value}' appears twice, first in line {node.Get(key.Value)!.Line}. Remove one of them.", line);
            }
        }

        foreach (var source in merged ?? [])
        {
            Merge(node, source);
        }

        return Remember(start, node);
    }

    // What stands in the mapping itself wins, then the first mapping of a list. Source: yaml.org/type/merge.
    private static void Merge(DocumentNode target, DocumentNode source)
    {
        foreach (var item in source.IsArray ? source.Items : [source])
        {
            if (!item.IsObject)
            {
                throw new DocumentException("'<<' takes a mapping, or a list of mappings.", source.Line);
            }

            foreach (var (name, value) in item.Members.ToArray())
            {
                target.TryAdd(name, value);
            }
        }
    }

    private DocumentNode Expand(AnchorAlias alias)
    {
        var line = (int)alias.Start.Line;
        if (!_anchors.TryGetValue(alias.Value, out var node))
        {
            throw new DocumentException($"There is no anchor '&{alias.Value}' before this alias.", line);
        }

        _aliasCost += node.Cost;
        if (_aliasCost > DocumentLimits.MaxAliasCost)
        {
            throw new DocumentException("The aliases of the document expand to too much. Write fewer of them.", line);
        }

        return node.Copy();
    }

    private DocumentNode Remember(NodeEvent start, DocumentNode node)
    {
        if (!start.Anchor.IsEmpty)
        {
            _anchors[start.Anchor] = node;
        }

        return node;
    }
}
