using System.Text;

namespace ApiGateway.Middleware.Languages.Policies.Parsing;

/// <summary>A value of a policy document, with its place.</summary>
internal sealed class PolicyNode(PolicyNode? parent, PolicyNodeKind kind, string? name, int index, string text)
{
    private readonly List<PolicyNode> _items = [];

    public PolicyNode? Parent { get; } = parent;

    public PolicyNodeKind Kind { get; } = kind;

    /// <summary>Gets the name of a member, or <see langword="null"/>.</summary>
    public string? Name { get; } = name;

    /// <summary>Gets the text of a string, number or truth value.</summary>
    public string Text { get; } = text;

    /// <summary>Gets the members of an object or the elements of an array.</summary>
    public IReadOnlyList<PolicyNode> Items => _items;

    /// <summary>Gets whether it can stand where a value of a condition is wanted.</summary>
    public bool IsValue => Kind is PolicyNodeKind.Text or PolicyNodeKind.Scalar;

    /// <summary>Gets the JSON path.</summary>
    public string Path
    {
        get
        {
            var path = new StringBuilder();
            Append(path);
            return path.ToString();
        }
    }

    /// <summary>Gets what messages call it.</summary>
    public string Found => Kind switch
    {
        PolicyNodeKind.Object => "an object",
        PolicyNodeKind.Array => "a list",
        PolicyNodeKind.Null => "null",
        _ => PolicyIssues.Quote(Text),
    };

    public void Add(PolicyNode item) => _items.Add(item);

    /// <summary>The member of a name, or <see langword="null"/>.</summary>
    public PolicyNode? Member(string name)
    {
        foreach (var item in _items)
        {
            if (item.Name == name)
            {
                return item;
            }
        }

        return null;
    }

    private void Append(StringBuilder path)
    {
        if (Parent is null)
        {
            path.Append('$');
            return;
        }

        Parent.Append(path);
        if (Name is null)
        {
            path.Append('[').Append(index).Append(']');
        }
        else if (Name.Length > 0 && Name.All(char.IsAsciiLetterOrDigit))
        {
            path.Append('.').Append(Name);
        }
        else
        {
            path.Append('[').Append(PolicyIssues.Quote(Name)).Append(']');
        }
    }
}
