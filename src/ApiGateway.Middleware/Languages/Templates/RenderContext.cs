using System.Runtime.CompilerServices;
using System.Text;
using ApiGateway.Middleware.Buffers;
using ApiGateway.Middleware.Languages.Templates.Syntax;
using ApiGateway.Middleware.Languages.Values;

namespace ApiGateway.Middleware.Languages.Templates;

/// <summary>The state of one rendering. Used by one thread at a time; its template uses it again for a later rendering.</summary>
internal sealed class RenderContext
{
    // The clock is read, and the steps are summed up, once in so many steps.
    private const int StepsPerCheck = 4096;

    // A step stands for about this many characters copied.
    private const int CharactersPerStep = 8;

    private readonly string[] _names;
    private readonly Variable[] _variables;
    private readonly TemplateLimits _limits;

    private TemplateScope _scope = TemplateScope.Empty;
    private int _stepsToCheck;
    private long _stepsLeft;
    private long _startedAt;
    private int _depth;

    public RenderContext(string[] names, TemplateLimits limits)
    {
        _names = names;
        _variables = new Variable[names.Length];
        _limits = limits;
    }

    public TemplateLimits Limits => _limits;

    public PooledBufferWriter Output { get; private set; } = null!;

    /// <summary>Gets or sets whether a <c>#break</c> or <c>#stop</c> is on its way out. While it is, nothing else renders.</summary>
    public TemplateFlow Flow { get; set; }

    /// <summary>Gets or sets the loop that a <c>#break</c> ends; null is the innermost.</summary>
    public ForeachScope? BreakTarget { get; set; }

    public void Start(TemplateScope scope, PooledBufferWriter output)
    {
        _scope = scope;
        Output = output;
        Flow = TemplateFlow.Next;
        BreakTarget = null;
        _depth = 0;
        _stepsToCheck = StepsPerCheck;
        _stepsLeft = _limits.MaxSteps - StepsPerCheck;
        _startedAt = _limits.Clock.GetTimestamp();
    }

    /// <summary>Lets go of everything that belongs to the rendering.</summary>
    public void Finish()
    {
        Array.Clear(_variables);
        _scope = TemplateScope.Empty;
        Output = null!;
        BreakTarget = null;
    }

    public Value Get(int slot)
    {
        ref var variable = ref _variables[slot];
        if (!variable.IsKnown)
        {
            _scope.TryResolve(_names[slot], out variable.Value);
            variable.IsKnown = true;
        }

        return variable.Value;
    }

    public void Set(int slot, Value value)
    {
        ref var variable = ref _variables[slot];
        variable.Value = value;
        variable.IsKnown = true;
    }

    /// <summary>Sets a variable and returns what <see cref="Restore"/> needs to take that back.</summary>
    public Variable Replace(int slot, Value value)
    {
        var before = _variables[slot];
        Set(slot, value);
        return before;
    }

    public void Restore(int slot, Variable before) => _variables[slot] = before;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Step(int count = 1)
    {
        _stepsToCheck -= count;
        if (_stepsToCheck < 0)
        {
            CheckSteps();
        }
    }

    /// <summary>Counts the work of making or reading a text, and checks its length.</summary>
    public void StepText(long length)
    {
        if (length > _limits.MaxTextLength)
        {
            throw new TemplateLimitException($"A text would have more than {_limits.MaxTextLength} characters.");
        }

        Step(1 + (int)(length / CharactersPerStep));
    }

    /// <summary>Returns a value's text and counts the work of making it.</summary>
    public string TextOf(Value value)
    {
        var text = value.ToText();
        if (value.Kind != ValueKind.String)
        {
            StepText(text.Length);
        }

        return text;
    }

    /// <summary>Goes one level deeper into macros, defined blocks and interpolated texts.</summary>
    public void Enter()
    {
        if (++_depth > _limits.MaxNesting || !RuntimeHelpers.TryEnsureSufficientExecutionStack())
        {
            throw new TemplateLimitException($"Macros and blocks call each other more than {_limits.MaxNesting} levels deep.");
        }
    }

    public void Leave() => _depth--;

    /// <summary>Ends a <c>#break</c> that was meant for what is being left, and not for an outer loop.</summary>
    public void EndBreak(ForeachScope? scope = null)
    {
        if (Flow == TemplateFlow.Break && (BreakTarget is null || BreakTarget == scope))
        {
            Flow = TemplateFlow.Next;
            BreakTarget = null;
        }
    }

    /// <summary>Renders a part into a text instead of the output.</summary>
    public string RenderText(TemplateNode node)
    {
        // The part is written behind the output and then taken off again.
        var start = Output.Length;
        Enter();
        node.Render(this);
        Leave();

        var text = Encoding.UTF8.GetString(Output.WrittenSpan[start..]);
        Output.Truncate(start);
        StepText(text.Length);
        return text;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void CheckSteps()
    {
        _stepsLeft += _stepsToCheck - StepsPerCheck;
        _stepsToCheck = StepsPerCheck;

        if (_stepsLeft < -StepsPerCheck)
        {
            throw new TemplateLimitException($"A rendering took more than {_limits.MaxSteps} steps.");
        }

        if (_limits.Clock.GetElapsedTime(_startedAt) > _limits.MaxDuration)
        {
            throw new TemplateLimitException($"A rendering took longer than {_limits.MaxDuration}.");
        }
    }

    /// <summary>A variable, and whether it was set or looked up yet.</summary>
    public struct Variable
    {
        public Value Value;
        public bool IsKnown;
    }
}
