using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using ApiGateway.Middleware.Languages.Schemas.Explanation;
using ApiGateway.Middleware.Languages.Schemas.Json;

namespace ApiGateway.Middleware.Languages.Schemas.Evaluation;

// Values that are read more than once. The bytes of a value are read again from its start for each alternative, which needs no
// memory and leaves the first wrong alternative early.
internal ref partial struct SchemaEvaluator
{
    // What a replay costs at least, in bytes, so that empty values are not free.
    private const int ReplayCost = 16;

    private bool Composite(SchemaNode node, CompositeRules rules)
    {
        if (_refused || !RuntimeHelpers.TryEnsureSufficientExecutionStack())
        {
            return Refuse();
        }

        var replay = new Replay(this);
        if (!node.IsCompositeOnly)
        {
            if (!Plain(node))
            {
                return false;
            }

            replay.SetEnd(this);
        }

        return MatchesAlternatives(rules, ref replay)
            && MatchesConditions(rules, ref replay)
            && Finish(ref replay)
            && MatchesInMemory(rules, ref replay);
    }

    private bool MatchesAlternatives(CompositeRules rules, ref Replay replay)
    {
        foreach (var node in rules.Also)
        {
            if (!Try(node, ref replay))
            {
                return false;
            }
        }

        foreach (var group in rules.AnyOf)
        {
            if (CountMatches(group, ref replay, enough: 1) == 0)
            {
                return false;
            }
        }

        foreach (var group in rules.OneOf)
        {
            if (CountMatches(group, ref replay, enough: 2) != 1)
            {
                return false;
            }
        }

        foreach (var node in rules.Not)
        {
            if (Try(node, ref replay))
            {
                return false;
            }
        }

        return true;
    }

    private int CountMatches(SchemaNode[] group, ref Replay replay, int enough)
    {
        var matches = 0;
        foreach (var node in group)
        {
            if (Try(node, ref replay) && ++matches == enough)
            {
                break;
            }
        }

        return matches;
    }

    private bool MatchesConditions(CompositeRules rules, ref Replay replay)
    {
        foreach (var condition in rules.Conditions)
        {
            var branch = Try(condition.If, ref replay) ? condition.Then : condition.Else;
            if (branch is not null && !Try(branch, ref replay))
            {
                return false;
            }
        }

        return true;
    }

    private bool MatchesInMemory(CompositeRules rules, ref Replay replay)
    {
        // Allowed scalars were compared as they were read.
        var structures = _json[replay.Start] is (byte)'{' or (byte)'[' ? rules.Structures : null;
        if (structures is null && rules.Documents.Length == 0)
        {
            return true;
        }

        if (!Charge(replay.End - replay.Start)
            || JsonParser.Parse(_json[replay.Start..replay.End], _maxDepth) is not { } value
            || structures?.AllowStructure(value) == false)
        {
            return false;
        }

        foreach (var part in rules.Documents)
        {
            var document = new DocumentEvaluator(_limits, messages: null);
            if (!document.IsValid(part, value))
            {
                return document.IsStopped && Refuse();
            }
        }

        return true;
    }

    // Judges the value of a replay once more.
    private bool Try(SchemaNode node, ref Replay replay)
    {
        if (_refused)
        {
            return false;
        }

        replay.Rewind(ref this);
        var matches = Value(node);
        var read = Math.Max(0, _position - replay.Start);
        if (!Charge(read))
        {
            return false;
        }

        if (matches)
        {
            replay.SetEnd(this);
        }

        return matches;
    }

    // Puts the position after the value, reading it if no attempt came to its end.
    private bool Finish(ref Replay replay)
    {
        if (_refused)
        {
            return false;
        }

        if (!replay.HasEnd)
        {
            replay.Rewind(ref this);
            if (!Plain(SchemaNode.Any))
            {
                return false;
            }

            replay.SetEnd(this);
        }

        replay.Forward(ref this);
        return true;
    }

    private bool Charge(int bytes) => (_replayBytes += bytes + ReplayCost) <= _limits.MaxReplayBytes || Refuse();

    /// <summary>A value that is read several times: where it starts, and where it ends as soon as that is known.</summary>
    [StructLayout(LayoutKind.Auto)]
    private struct Replay
    {
        private readonly int _depth;
        private readonly int _startTokens;
        private int _endTokens;

        public Replay(in SchemaEvaluator evaluator)
        {
            Start = evaluator._position;
            _depth = evaluator._depth;
            _startTokens = evaluator._tokens;
        }

        // The value was read already, up to the evaluator's position.
        public Replay(in SchemaEvaluator evaluator, int start, int startTokens)
        {
            Start = start;
            _depth = evaluator._depth;
            _startTokens = startTokens;
            SetEnd(evaluator);
        }

        public int Start { get; }

        public int End { get; private set; }

        public readonly bool HasEnd => End > Start;

        public void SetEnd(in SchemaEvaluator evaluator)
        {
            End = evaluator._position;
            _endTokens = evaluator._tokens;
        }

        public readonly void Rewind(ref SchemaEvaluator evaluator)
        {
            evaluator._position = Start;
            evaluator._depth = _depth;
            evaluator._tokens = _startTokens;
        }

        public readonly void Forward(ref SchemaEvaluator evaluator)
        {
            evaluator._position = End;
            evaluator._depth = _depth;
            evaluator._tokens = _endTokens;
        }
    }
}
