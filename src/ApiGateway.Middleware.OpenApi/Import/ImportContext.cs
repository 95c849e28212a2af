using ApiGateway.Middleware.Definitions;
using ApiGateway.Middleware.OpenApi.Documents;

namespace ApiGateway.Middleware.OpenApi.Import;

/// <summary>What the parts of one import share: the document, its references, and what is wrong with it.</summary>
internal sealed class ImportContext
{
    /// <summary>A hostile document must not be answered with a list of errors larger than itself.</summary>
    private const int MaxMessages = 200;

    private readonly string _source;
    private readonly DefinitionErrors _errors;

    public ImportContext(DocumentNode root, DocumentVersion version, string source, OpenApiImportOptions options, DefinitionErrors errors)
    {
        Root = root;
        Version = version;
        Options = options;
        _source = source;
        _errors = errors;
        References = new References(this);
    }

    public DocumentNode Root { get; }

    public DocumentVersion Version { get; }

    public bool IsSwagger => Version == DocumentVersion.Swagger20;

    public OpenApiImportOptions Options { get; }

    public References References { get; }

    public DefinitionOrigin OriginOf(DocumentNode node) => new(_source, node.Path, node.Line > 0 ? node.Line : null);

    public void Error(DocumentNode node, string message)
    {
        if (_errors.Errors.Count < MaxMessages)
        {
            _errors.Add(OriginOf(node), message);
        }
    }

    public void Warn(DocumentNode node, string message)
    {
        if (_errors.Warnings.Count < MaxMessages)
        {
            _errors.Warn(OriginOf(node), message);
        }
    }

    /// <summary>Tells what is left out because this kind of API does not have it.</summary>
    public void Inform(DocumentNode node, string message)
    {
        if (_errors.Notes.Count < MaxMessages)
        {
            _errors.Note(OriginOf(node), message);
        }
    }

    /// <summary>Gets a member, with references followed.</summary>
    public DocumentNode? Member(DocumentNode parent, string name) =>
        parent.Get(name) is { Kind: not NodeKind.Null } node ? References.Follow(node) : null;

    public DocumentNode? Object(DocumentNode parent, string name) => Expect(Member(parent, name), NodeKind.Object, name, "an object");

    public DocumentNode? Array(DocumentNode parent, string name) => Expect(Member(parent, name), NodeKind.Array, name, "a list");

    /// <summary>Gets a text; a number counts as the text of its digits.</summary>
    public string? Text(DocumentNode parent, string name) =>
        parent.Get(name) is { Kind: not NodeKind.Null } node ? TextOf(node, name) : null;

    public string? TextOf(DocumentNode node, string name)
    {
        if (node.Kind is NodeKind.String or NodeKind.Number)
        {
            return node.Text;
        }

        Error(node, $"'{name}' must be a text, but is {Describe(node)}.");
        return null;
    }

    public bool? Flag(DocumentNode parent, string name)
    {
        if (parent.Get(name) is not { Kind: not NodeKind.Null } node)
        {
            return null;
        }

        if (node.Kind is NodeKind.Boolean or NodeKind.String && bool.TryParse(node.Text, out var flag))
        {
            return flag;
        }

        Error(node, $"'{name}' must be true or false, but is {Describe(node)}.");
        return null;
    }

    public int? Whole(DocumentNode parent, string name)
    {
        if (parent.Get(name) is not { Kind: not NodeKind.Null } node)
        {
            return null;
        }

        if (node.Kind is NodeKind.Number or NodeKind.String
            && int.TryParse(node.Text, System.Globalization.NumberStyles.AllowLeadingSign, System.Globalization.CultureInfo.InvariantCulture, out var value))
        {
            return value;
        }

        Error(node, $"'{name}' must be a whole number, but is {Describe(node)}.");
        return null;
    }

    public void Texts(DocumentNode parent, string name, ICollection<string> target)
    {
        foreach (var item in Array(parent, name)?.Items ?? [])
        {
            if (TextOf(item, name) is { } text)
            {
                target.Add(text);
            }
        }
    }

    /// <summary>Reads an object whose members are texts.</summary>
    public void TextMap(DocumentNode parent, string name, IDictionary<string, string> target)
    {
        foreach (var (key, value) in Object(parent, name)?.Members ?? [])
        {
            if (TextOf(value, key) is { } text)
            {
                target[key] = text;
            }
        }
    }

    public static string Describe(DocumentNode node) => node.Kind switch
    {
        NodeKind.Object when node.Members is [{ Key: "Ref" or ['F', 'n', ':', ':', ..] } function] =>
            $"the function '{function.Key}', which cannot be worked out here; write the value, or use Fn::Sub with Substitutions",
        NodeKind.Object => "an object",
        NodeKind.Array => "a list",
        NodeKind.Null => "null",
        NodeKind.String => $"'{(node.Text.Length > 80 ? $"{node.Text[..80]}..." : node.Text)}'",
        _ => node.Text,
    };

    private DocumentNode? Expect(DocumentNode? node, NodeKind kind, string name, string what)
    {
        if (node is null || node.Kind == kind)
        {
            return node;
        }

        Error(node, $"'{name}' must be {what}, but is {Describe(node)}.");
        return null;
    }
}
