using System.Diagnostics.CodeAnalysis;
using ApiGateway.Middleware.Languages.Values;

namespace ApiGateway.Middleware.Languages.Expressions;

/// <summary>A compiled JSONPath expression of Jayway's dialect. Immutable; any number of threads may use it.</summary>
internal sealed class JsonPath
{
    /// <summary>The longest expression, in characters.</summary>
    public const int MaxLength = 2048;

    private readonly JsonPathStep[] _steps;
    private readonly JsonPathFunction? _function;

    internal JsonPath(JsonPathStep[] steps, JsonPathFunction? function)
    {
        _steps = steps;
        _function = function;
        IsDefinite = true;

        for (var i = 0; i < steps.Length; i++)
        {
            // Several names at the end make one object of the members found; elsewhere they are several results.
            IsDefinite &= steps[i].IsDefinite || (steps[i] is JsonPathMembers && i == steps.Length - 1);
        }
    }

    /// <summary>Gets whether the path points to one place. An indefinite path gives a list, even when nothing matches.</summary>
    public bool IsDefinite { get; }

    /// <summary>Gets whether the path looks at places that it does not name, by <c>..</c> or by a condition.</summary>
    public bool Searches => Array.Exists(_steps, static step => step is JsonPathDescent or JsonPathFilter);

    /// <summary>Compiles an expression. Without a leading <c>$</c>, <c>$.</c> is implied.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out JsonPath? path) => JsonPathParser.TryParse(text, out path);

    /// <summary>Finds the path's value in <paramref name="root"/>.</summary>
    /// <returns><see langword="false"/> if a definite path leads nowhere. A null that is there counts as found.</returns>
    /// <exception cref="ValueLimitException">The document is too deep or too large to be searched.</exception>
    public bool TryEvaluate(Value root, out Value result)
    {
        var found = TryFind(root, root, null, out result);
        if (found && _function is { } function)
        {
            found = JsonPathFunctions.TryApply(function, result, out result);
        }

        return found;
    }

    /// <summary>Evaluates a path inside a filter, where the item is the start and <c>$</c> the whole document.</summary>
    internal bool TryEvaluate(Value start, Value document, JsonPathBudget budget, out Value result)
    {
        var found = TryFind(start, document, budget, out result);
        return found && (_function is not { } function || JsonPathFunctions.TryApply(function, result, out result));
    }

    private bool TryFind(Value start, Value document, JsonPathBudget? budget, out Value result)
    {
        if (!IsDefinite)
        {
            var list = new ValueList { IsJson = true };
            Collect(start, 0, new(document, budget ?? new(), list));
            result = Value.Of(list);
            return true;
        }

        result = start;
        foreach (var step in _steps)
        {
            if (!step.TryStep(result, out result))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Adds what the steps from <paramref name="index"/> on find below <paramref name="value"/>.</summary>
    internal void Collect(Value value, int index, in JsonPathSearch search)
    {
        search.Budget.Visit();

        if (index == _steps.Length)
        {
            search.Results.Add(value);
            return;
        }

        var step = _steps[index];
        if (step.IsDefinite)
        {
            if (step.TryStep(value, out var next))
            {
                Collect(next, index + 1, search);
            }

            return;
        }

        step.Spread(value, this, index, search);
    }
}
