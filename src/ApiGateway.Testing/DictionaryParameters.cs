using ApiGateway.Middleware.Languages.Templates.Variables;
using ApiGateway.Middleware.Languages.Values;

namespace ApiGateway.Testing;

/// <summary>The parameters of a <see cref="TemplateRequest"/>.</summary>
internal sealed class DictionaryParameters(TemplateRequest request) : ParameterSource
{
    public override bool TryGet(ParameterLocation location, string name, out string value) => Of(location).TryGetValue(name, out value!);

    public override void CopyTo(ParameterLocation location, ValueMap map)
    {
        foreach (var (name, value) in Of(location))
        {
            map.Put(name, Value.Of(value));
        }
    }

    private IDictionary<string, string> Of(ParameterLocation location) => location switch
    {
        ParameterLocation.Path => request.PathParameters,
        ParameterLocation.QueryString => request.QueryParameters,
        _ => request.Headers,
    };
}
