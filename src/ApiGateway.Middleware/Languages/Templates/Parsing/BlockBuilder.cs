using System.Text;
using ApiGateway.Middleware.Languages.Templates.Syntax;

namespace ApiGateway.Middleware.Languages.Templates.Parsing;

/// <summary>Collects the parts of a block; neighbouring texts become one.</summary>
internal sealed class BlockBuilder
{
    private readonly List<TemplateNode> _nodes = [];
    private readonly StringBuilder _text = new();

    public void Append(ReadOnlySpan<char> text) => _text.Append(text);

    /// <summary>Takes back the last characters of text.</summary>
    public void Shorten(int count) => _text.Length -= count;

    public void Add(TemplateNode node)
    {
        FlushText();
        _nodes.Add(node);
    }

    public TemplateNode Build()
    {
        FlushText();
        return _nodes.Count == 1 ? _nodes[0] : new BlockNode([.. _nodes]);
    }

    private void FlushText()
    {
        if (_text.Length > 0)
        {
            _nodes.Add(new TextNode(Encoding.UTF8.GetBytes(_text.ToString())));
            _text.Clear();
        }
    }
}
