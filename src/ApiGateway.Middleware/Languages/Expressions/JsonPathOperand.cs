using ApiGateway.Middleware.Languages.Values;

namespace ApiGateway.Middleware.Languages.Expressions;

/// <summary>One side of a comparison: a constant, or a path from the item (<c>@</c>) or from the document (<c>$</c>).</summary>
internal sealed class JsonPathOperand
{
    private readonly Value _constant;
    private readonly JsonPath? _path;
    private readonly bool _fromDocument;

    public JsonPathOperand(Value constant) => _constant = constant;

    public JsonPathOperand(JsonPath path, bool fromDocument)
    {
        _path = path;
        _fromDocument = fromDocument;
    }

    public bool IsPath => _path is not null;

    public bool TryGet(Value item, Value document, JsonPathBudget budget, out Value value)
    {
        if (_path is null)
        {
            value = _constant;
            return true;
        }

        budget.Visit();
        return _path.TryEvaluate(_fromDocument ? document : item, document, budget, out value);
    }
}
