using System.Text;
using ApiGateway.Middleware.Context;
using ApiGateway.Middleware.Languages.Expressions;
using ApiGateway.Middleware.Languages.Values;
using ApiGateway.Middleware.Snapshots;
using Microsoft.Extensions.Primitives;

namespace ApiGateway.Middleware.Pipeline.Transformation;

/// <summary>Where the values of one request's mappings come from.</summary>
internal sealed class TransformationValues(GatewayContext context, TransformationPlan plan)
{
    private JsonBody? _requestBody;
    private JsonBody? _answerBody;

    public GatewayContext Context => context;

    /// <summary>Gets the request's body, read as JSON once.</summary>
    public JsonBody RequestBody => _requestBody ??= new(context.Body.Bytes);

    public TransformationScope RequestScope => new(context, plan, RequestBody);

    /// <summary>Gets the answer's body, read as JSON once.</summary>
    public JsonBody AnswerBody => _answerBody ??= new(context.Answer!.Body.WrittenMemory);

    public TransformationScope AnswerScope => new(context, plan, AnswerBody);

    /// <summary>Lets the answer's body be read again, after it was converted.</summary>
    public void ForgetAnswerBody() => _answerBody = null;

    /// <summary>Tells whether mappings cannot read a body: it begins as JSON does, but is none.</summary>
    public static bool IsBroken(JsonBody body)
    {
        var text = ValueReader.WithoutMark(body.Bytes.Span).TrimStart(" \t\r\n"u8);
        return text is [(byte)'{' or (byte)'[' or (byte)'"' or (byte)'\'', ..] && !body.TryGetRoot(out _);
    }

    /// <summary>Finds the source of a request parameter; nothing if there is no value.</summary>
    public StringValues OfRequest(ParameterMapping mapping) => mapping.Source.Kind switch
    {
        _ when mapping.Constant is { } constant => constant,
        _ when mapping.Selection is { } selection => OfMessage(selection),
        ParameterKind.PathParameter => RequestParameters.Path(context, mapping.Source.Name),
        ParameterKind.QueryString => RequestParameters.LastQuery(context, mapping.Source.Name),
        ParameterKind.MultiValueQueryString => RequestParameters.AllQuery(context, mapping.Source.Name),
        ParameterKind.Header => RequestParameters.LastHeader(context, mapping.Source.Name),
        ParameterKind.MultiValueHeader => Joined(RequestParameters.Header(context, mapping.Source.Name)),
        ParameterKind.Context => ContextVariables.Find(context, mapping.Source.Name),
        _ => OfBody(mapping.Source, RequestBody, parsesErrorMessage: false),
    };

    /// <summary>Finds the source of a response header; nothing if there is no value.</summary>
    public string? OfAnswer(ParameterMapping mapping, IntegrationAnswer answer, bool parsesErrorMessage) => mapping.Source.Kind switch
    {
        _ when mapping.Constant is { } constant => constant,
        ParameterKind.Header => answer.Header(mapping.Source.Name) is [.., var last] ? last : null,
        ParameterKind.MultiValueHeader => Joined(answer.Header(mapping.Source.Name)),
        ParameterKind.Context => ContextVariables.Find(context, mapping.Source.Name),
        _ => OfBody(mapping.Source, AnswerBody, parsesErrorMessage),
    };

    private string OfMessage(SelectionExpression selection)
    {
        var text = new TextBuilder(stackalloc char[128]);
        try
        {
            selection.Evaluate(context.Body.Bytes.Span, null, ref text);
            return text.Text.ToString();
        }
        finally
        {
            text.Dispose();
        }
    }

    private static string? OfBody(ParameterExpression source, JsonBody body, bool parsesErrorMessage)
    {
        if (source.Path is not { } path)
        {
            return body.Bytes.IsEmpty ? "{}" : Encoding.UTF8.GetString(body.Bytes.Span);
        }

        // Text that does not begin as JSON counts as an empty object.
        if (!body.TryGetRoot(out var root))
        {
            return null;
        }

        if (parsesErrorMessage)
        {
            root = WithErrorMessage(root);
        }

        return path.TryEvaluate(root, out var found) ? found.Kind is ValueKind.Map or ValueKind.List ? found.ToJson() : found.ToText() : null;
    }

    // A function's error is a text which may hold an object: mappings see that object.
    private static Value WithErrorMessage(Value root)
    {
        if (root.Map is not { } map || map.Get("errorMessage") is not { Text: { } text } || !ValueReader.TryRead(text, out var parsed))
        {
            return root;
        }

        var copy = new ValueMap(map.Count);
        foreach (var (name, value) in map.Entries)
        {
            copy.Put(name, name == "errorMessage" ? parsed : value);
        }

        return Value.Of(copy);
    }

    private static string? Joined(StringValues values) => values.Count == 0 ? null : string.Join(',', values.ToArray());
}
