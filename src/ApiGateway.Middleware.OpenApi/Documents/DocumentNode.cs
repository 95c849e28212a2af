using System.Globalization;
using System.Text;

namespace ApiGateway.Middleware.OpenApi.Documents;

/// <summary>A value of a document, which knows its line and its place.</summary>
internal sealed class DocumentNode(NodeKind kind, int line)
{
    private const int IndexFrom = 9;
    private const int CostPerNode = 16;

    private readonly List<KeyValuePair<string, DocumentNode>>? _members = kind == NodeKind.Object ? [] : null;
    private readonly List<DocumentNode>? _items = kind == NodeKind.Array ? [] : null;
    private Dictionary<string, DocumentNode>? _index;
    private DocumentNode? _parent;
    private string? _name;
    private long _cost;

    public NodeKind Kind { get; private set; } = kind;

    /// <summary>Gets the line, from 1; 0 for nodes that were made and not read.</summary>
    public int Line { get; } = line;

    /// <summary>Gets the text of a string, the digits of a number as they were written, or <c>true</c> and <c>false</c>.</summary>
    public string Text { get; private set; } = "";

    public IReadOnlyList<KeyValuePair<string, DocumentNode>> Members => _members ?? [];

    public IReadOnlyList<DocumentNode> Items => _items ?? [];

    public bool IsObject => Kind == NodeKind.Object;

    public bool IsArray => Kind == NodeKind.Array;

    public bool IsString => Kind == NodeKind.String;

    /// <summary>Gets how much work it is to walk this node and what lies below; what is read twice is paid twice.</summary>
    public long Cost
    {
        get
        {
            if (_cost == 0)
            {
                var cost = (long)CostPerNode + Text.Length;
                foreach (var (name, value) in Members)
                {
                    cost += name.Length + value.Cost;
                }

                foreach (var item in Items)
                {
                    cost += item.Cost;
                }

                _cost = cost;
            }

            return _cost;
        }
    }

    /// <summary>Gets the number of levels, this one included.</summary>
    public int Depth => 1 + Math.Max(
        Members.Count == 0 ? 0 : Members.Max(static member => member.Value.Depth), Items.Count == 0 ? 0 : Items.Max(static item => item.Depth));

    /// <summary>Gets the place in the document: <c>$.paths['/orders'].get</c>.</summary>
    public string Path
    {
        get
        {
            var steps = new Stack<DocumentNode>();
            for (var node = this; node._parent is not null; node = node._parent)
            {
                steps.Push(node);
            }

            var path = new StringBuilder("$");
            foreach (var step in steps)
            {
                AppendStep(path, step);
            }

            return path.ToString();
        }
    }

    public static DocumentNode OfText(string text, int line = 0) => new(NodeKind.String, line) { Text = text };

    public static DocumentNode OfNumber(string digits, int line = 0) => new(NodeKind.Number, line) { Text = digits };

    public static DocumentNode OfNumber(int number) => OfNumber(number.ToString(CultureInfo.InvariantCulture));

    public static DocumentNode OfFlag(bool flag, int line = 0) => new(NodeKind.Boolean, line) { Text = flag ? "true" : "false" };

    public static DocumentNode NewObject() => new(NodeKind.Object, 0);

    public static DocumentNode NewArray() => new(NodeKind.Array, 0);

    /// <summary>Gets a member as it stands, without following references.</summary>
    public DocumentNode? Get(string name)
    {
        if (_members is null)
        {
            return null;
        }

        if (_index is null && _members.Count < IndexFrom)
        {
            foreach (var (key, value) in _members)
            {
                if (key == name)
                {
                    return value;
                }
            }

            return null;
        }

        return Index().GetValueOrDefault(name);
    }

    public bool Has(string name) => Get(name) is not null;

    /// <summary>Adds a member, unless there is one of this name.</summary>
    public bool TryAdd(string name, DocumentNode value)
    {
        if (_members!.Count >= IndexFrom ? !Index().TryAdd(name, value) : Has(name))
        {
            return false;
        }

        _members.Add(new(name, Adopt(value, name)));
        return true;
    }

    /// <summary>Adds a member to a node that is being made, and returns this node.</summary>
    public DocumentNode With(string name, DocumentNode? value)
    {
        if (value is not null)
        {
            TryAdd(name, value);
        }

        return this;
    }

    public DocumentNode With(string name, string? text) => text is null ? this : With(name, OfText(text));

    public void Add(DocumentNode item) => _items!.Add(Adopt(item, null));

    /// <summary>Turns the node into a text; used for functions of templates, whose result stands in their place.</summary>
    public void BecomeText(string text)
    {
        Kind = NodeKind.String;
        Text = text;
        _members?.Clear();
        _items?.Clear();
        _index = null;
        _cost = 0;
    }

    /// <summary>Copies the node and what lies below.</summary>
    public DocumentNode Copy()
    {
        var copy = new DocumentNode(Kind, Line) { Text = Text };
        foreach (var (name, value) in Members)
        {
            copy.TryAdd(name, value.Copy());
        }

        foreach (var item in Items)
        {
            copy.Add(item.Copy());
        }

        return copy;
    }

    private static void AppendStep(StringBuilder path, DocumentNode step)
    {
        if (step._name is not { } name)
        {
            path.Append('[').Append(step._parent!._items!.IndexOf(step)).Append(']');
        }
        else if (name.Length > 0 && name.All(static c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-'))
        {
            path.Append('.').Append(name);
        }
        else
        {
            path.Append("['").Append(name).Append("']");
        }
    }

    private Dictionary<string, DocumentNode> Index() =>
        _index ??= new Dictionary<string, DocumentNode>(_members!, StringComparer.Ordinal);

    private DocumentNode Adopt(DocumentNode child, string? name)
    {
        child._parent = this;
        child._name = name;
        return child;
    }
}
