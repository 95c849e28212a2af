using ApiGateway.Middleware.Languages.Schemas.Loading;

namespace ApiGateway.Middleware.Languages.Schemas.Evaluation;

/// <summary>Gives a bit to each name whose presence matters. What finds no room among 64 goes to another object.</summary>
internal sealed class PresenceRules
{
    private const int MaxBits = 64;

    // Of one dependency, so that it always fits together with its trigger.
    private const int MaxNeeded = 32;

    private readonly Dictionary<string, ulong> _bits = [];
    private readonly List<(ulong, ulong)> _dependencies = [];
    private readonly List<(ulong, SchemaNode)> _schemas = [];
    private PresenceRules? _overflow;

    public PresenceRules(SchemaPart[] parts, Func<SchemaPart, SchemaNode> toNode)
    {
        foreach (var part in parts)
        {
            foreach (var name in part.Required)
            {
                Require(name);
            }

            foreach (var (trigger, needed) in part.DependentRequired)
            {
                foreach (var chunk in needed.Chunk(MaxNeeded))
                {
                    Depend(trigger, chunk);
                }
            }

            foreach (var (trigger, schema) in part.DependentSchemas)
            {
                Depend(trigger, toNode(schema));
            }
        }
    }

    private PresenceRules()
    {
    }

    public IEnumerable<string> Names => _bits.Keys;

    public ulong Required { get; private set; }

    public (ulong Trigger, ulong Needed)[] Dependencies => [.. _dependencies];

    public (ulong Trigger, SchemaNode Node)[] DependentSchemas => [.. _schemas];

    /// <summary>Gets the rules that did not fit.</summary>
    public PresenceRules? Overflow => _overflow;

    public ulong BitOf(string name) => _bits.GetValueOrDefault(name);

    private void Require(string name)
    {
        if (HasRoom(name))
        {
            Required |= Add(name);
            return;
        }

        (_overflow ??= new PresenceRules()).Require(name);
    }

    private void Depend(string trigger, string[] needed)
    {
        if (!HasRoom([trigger, .. needed]))
        {
            (_overflow ??= new PresenceRules()).Depend(trigger, needed);
            return;
        }

        var mask = 0UL;
        foreach (var name in needed)
        {
            mask |= Add(name);
        }

        _dependencies.Add((Add(trigger), mask));
    }

    private void Depend(string trigger, SchemaNode node)
    {
        if (!HasRoom(trigger))
        {
            (_overflow ??= new PresenceRules()).Depend(trigger, node);
            return;
        }

        _schemas.Add((Add(trigger), node));
    }

    private bool HasRoom(params string[] names) => _bits.Count + names.Count(name => !_bits.ContainsKey(name)) <= MaxBits;

    private ulong Add(string name)
    {
        if (!_bits.TryGetValue(name, out var bit))
        {
            bit = 1UL << _bits.Count;
            _bits.Add(name, bit);
        }

        return bit;
    }
}
