using System.Text;
using System.Text.Json;

namespace ApiGateway.Middleware.OpenApi.Documents;

/// <summary>Reads JSON into a tree. A member that appears twice is an error.</summary>
internal ref struct JsonReader(ReadOnlySpan<byte> utf8)
{
    private readonly ReadOnlySpan<byte> _utf8 = utf8;
    private Utf8JsonReader _reader = new(utf8, new JsonReaderOptions { MaxDepth = DocumentLimits.MaxDepth });
    private int _line = 1;
    private int _counted;

    public DocumentNode Read()
    {
        try
        {
            Next();
            var root = ReadValue();
            if (_reader.Read())
            {
                throw new DocumentException("The document goes on after its end.", Line());
            }

            return root;
        }
        catch (JsonException exception)
        {
            throw new DocumentException(exception.Message, (int)(exception.LineNumber ?? 0) + 1);
        }
        catch (InvalidOperationException)
        {
            throw new DocumentException("A text has half of a surrogate pair, which is no character.", Line());
        }
    }

    private DocumentNode ReadValue()
    {
        switch (_reader.TokenType)
        {
            case JsonTokenType.StartObject:
                return ReadObject();
            case JsonTokenType.StartArray:
                var array = new DocumentNode(NodeKind.Array, Line());
                for (Next(); _reader.TokenType != JsonTokenType.EndArray; Next())
                {
                    array.Add(ReadValue());
                }

                return array;
            case JsonTokenType.String:
                return DocumentNode.OfText(_reader.GetString()!, Line());
            case JsonTokenType.Number:
                return DocumentNode.OfNumber(Encoding.UTF8.GetString(_reader.ValueSpan), Line());
            case JsonTokenType.True or JsonTokenType.False:
                return DocumentNode.OfFlag(_reader.TokenType == JsonTokenType.True, Line());
            default:
                return new DocumentNode(NodeKind.Null, Line());
        }
    }

    private DocumentNode ReadObject()
    {
        var node = new DocumentNode(NodeKind.Object, Line());
        for (Next(); _reader.TokenType != JsonTokenType.EndObject; Next())
        {
            var name = _reader.GetString()!;
            var line = Line();
            Next();
            if (!node.TryAdd(name, ReadValue()))
            {
                throw new DocumentException($"The member '{name}' appears twice, first in line {node.Get(name)!.Line}. Remove one of them.", line);
            }
        }

        return node;
    }

    private void Next()
    {
        if (!_reader.Read())
        {
            throw new DocumentException("The document ends too early.", Line());
        }
    }

    private int Line()
    {
        var position = (int)_reader.TokenStartIndex;
        if (position > _counted)
        {
            _line += _utf8[_counted..position].Count((byte)'\n');
            _counted = position;
        }

        return _line;
    }
}
