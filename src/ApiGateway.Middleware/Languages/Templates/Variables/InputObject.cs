using System.Text;
using ApiGateway.Middleware.Buffers;
using ApiGateway.Middleware.Languages.Values;

namespace ApiGateway.Middleware.Languages.Templates.Variables;

/// <summary>The variable <c>$input</c>: the payload, and the parameters of the request.</summary>
internal sealed class InputObject(JsonBody body, ParameterSource parameters) : TemplateObject
{
    private const int BytesPerStep = 32;

    private string? _text;
    private ValueMap? _parameters;

    public override Value GetProperty(string name) => name == "body" ? Value.Of(BodyText()) : Value.Null;

    public override Value CallMethod(in TemplateCall call)
    {
        switch (call.Name)
        {
            case "json":
                using (var writer = new PooledBufferWriter(ValueWriter.MaxTextBytes))
                {
                    WriteJson(call, writer);
                    call.Rendering.StepText(writer.Length);
                    return Value.Of(Encoding.UTF8.GetString(writer.WrittenSpan));
                }

            case "path":
                return TryFind(call, out var found) ? found : Value.Null;
            case "params":
                return call.Count == 0 ? Value.Of(AllParameters()) : Value.Of(FindParameter(call.Text(0)));
            case "getBody":
                return Value.Of(BodyText());
            default:
                return Value.Null;
        }
    }

    public override bool TryWriteProperty(string name, PooledBufferWriter writer)
    {
        if (name != "body")
        {
            return false;
        }

        writer.Write(body.Bytes.IsEmpty ? "{}"u8 : body.Bytes.Span);
        return true;
    }

    public override bool TryWriteCall(in TemplateCall call, PooledBufferWriter writer)
    {
        if (call.Name != "json")
        {
            return false;
        }

        WriteJson(call, writer);
        return true;
    }

    private string BodyText() => _text ??= body.Bytes.IsEmpty ? "{}" : Encoding.UTF8.GetString(body.Bytes.Span);

    /// <summary>Writes the JSON that a path finds; two quotes if it finds nothing.</summary>
    private void WriteJson(in TemplateCall call, PooledBufferWriter writer)
    {
        if (call.Argument(0).Text is not "$")
        {
            if (TryFind(call, out var found))
            {
                ValueWriter.WriteJson(found, writer);
            }
            else
            {
                writer.Write("\"\""u8);
            }
        }
        else if (body.Bytes.IsEmpty)
        {
            writer.Write("{}"u8);
        }
        else if (body.IsJson)
        {
            body.WriteCompact(writer);
        }
        else
        {
            writer.Write("\"\""u8);
        }
    }

    private bool TryFind(in TemplateCall call, out Value found)
    {
        found = default;
        if (call.Site.GetPath(call.Text(0)) is not { } path || !body.TryGetRoot(out var root))
        {
            return false;
        }

        // A path with wildcards may go through the whole payload.
        call.Rendering.Step(path.IsDefinite ? 1 : 1 + (body.Bytes.Length / BytesPerStep));
        return path.TryEvaluate(root, out found);
    }

    private ValueMap AllParameters()
    {
        if (_parameters is null)
        {
            _parameters = new(3);
            _parameters.Put("path", Value.Of(Parameters(ParameterLocation.Path)));
            _parameters.Put("querystring", Value.Of(Parameters(ParameterLocation.QueryString)));
            _parameters.Put("header", Value.Of(Parameters(ParameterLocation.Header)));
        }

        return _parameters;
    }

    private ValueMap Parameters(ParameterLocation location)
    {
        var map = new ValueMap();
        parameters.CopyTo(location, map);
        return map;
    }

    private string FindParameter(string name) =>
        parameters.TryGet(ParameterLocation.Path, name, out var value)
        || parameters.TryGet(ParameterLocation.QueryString, name, out value)
        || parameters.TryGet(ParameterLocation.Header, name, out value) ? value : string.Empty;
}
