using ApiGateway.Middleware.Languages.Values;

namespace ApiGateway.Middleware.Languages.Expressions;

/// <summary>One step of a path: from a value to the values below it.</summary>
internal abstract class JsonPathStep
{
    /// <summary>Gets whether the step leads to one place at most.</summary>
    public virtual bool IsDefinite => false;

    /// <summary>Takes the step if it leads to one value.</summary>
    public virtual bool TryStep(Value value, out Value next)
    {
        next = default;
        return false;
    }

    /// <summary>Takes the step to each value, and the rest of the path from there.</summary>
    public virtual void Spread(Value value, JsonPath path, int index, in JsonPathSearch search)
    {
    }
}
