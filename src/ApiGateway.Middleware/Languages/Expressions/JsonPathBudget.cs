using ApiGateway.Middleware.Languages.Values;

namespace ApiGateway.Middleware.Languages.Expressions;

/// <summary>Bounds the work of one evaluation: filters inside deep scans can multiply.</summary>
internal sealed class JsonPathBudget
{
    private const int MaxVisits = 2_000_000;

    private int _visits;

    public void Visit()
    {
        if (++_visits > MaxVisits)
        {
            throw new ValueLimitException("A JSONPath expression visits too many values.");
        }
    }
}
