using ApiGateway.Middleware.Languages.Templates.Syntax;

namespace ApiGateway.Middleware.Languages.Templates.Parsing;

/// <summary>What all parts of one template share while it is compiled.</summary>
internal sealed class CompilationState(TemplateLimits limits)
{
    // Bounds the stack: blocks within blocks, and expressions within expressions.
    private const int MaxDepth = 100;

    private readonly List<(string Name, MacroCallNode Call)> _calls = [];
    private readonly Dictionary<string, int> _slots = [];
    private int _depth;
    private int _loops;

    public Dictionary<string, MacroDefinition> Macros { get; } = [];

    public LoopVariables LoopVariables { get; } = new();

    public string[] Names => [.. _slots.Keys];

    public int Slot(string name)
    {
        if (_slots.TryGetValue(name, out var slot))
        {
            return slot;
        }

        slot = _slots.Count;
        _slots.Add(name, slot);

        switch (name)
        {
            case "foreach":
                LoopVariables.Foreach = slot;
                break;
            case "velocityCount":
                LoopVariables.Count = slot;
                break;
            case "velocityHasNext":
                LoopVariables.HasNext = slot;
                break;
        }

        return slot;
    }

    public void AddCall(string name, MacroCallNode call) => _calls.Add((name, call));

    /// <summary>Gives each call its macro. A macro may be defined after its calls.</summary>
    public void LinkCalls()
    {
        foreach (var (name, call) in _calls)
        {
            call.Macro = Macros.GetValueOrDefault(name);
        }
    }

    /// <summary>Gets or sets the nesting. Whoever gives an attempt at parsing up, sets it back.</summary>
    public int Depth
    {
        get => _depth;
        set => _depth = value;
    }

    public void Enter(int position)
    {
        if (++_depth > MaxDepth)
        {
            throw new SyntaxException(position, $"The template is nested more than {MaxDepth} levels deep.");
        }
    }

    public void Leave() => _depth--;

    public void EnterLoop(int position)
    {
        if (++_loops > limits.MaxNesting)
        {
            throw new SyntaxException(position, $"Loops are nested more than {limits.MaxNesting} levels deep.");
        }
    }

    public void LeaveLoop() => _loops--;
}
