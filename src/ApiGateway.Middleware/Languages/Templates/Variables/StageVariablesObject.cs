using ApiGateway.Middleware.Buffers;
using ApiGateway.Middleware.Languages.Values;

namespace ApiGateway.Middleware.Languages.Templates.Variables;

/// <summary>The variable <c>$stageVariables</c>. Templates cannot change it, so all requests share one.</summary>
internal sealed class StageVariablesObject : TemplateObject
{
    private readonly ValueMap _variables = new();
    private readonly string[] _keys;

    public StageVariablesObject(IReadOnlyDictionary<string, string> variables)
    {
        foreach (var (name, value) in variables)
        {
            _variables.Put(name, Value.Of(value));
        }

        // Requests only read the map; a look-up now builds what later ones need.
        _variables.ContainsKey(string.Empty);
        _keys = [.. variables.Keys];
    }

    public override IReadOnlyList<string> Keys => _keys;

    public override Value GetProperty(string name) => _variables.Get(name);

    public override void WriteText(PooledBufferWriter writer) => ValueWriter.WriteText(Value.Of(_variables), writer);

    public override void WriteJson(PooledBufferWriter writer) => ValueWriter.WriteJson(Value.Of(_variables), writer);
}
