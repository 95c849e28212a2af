using ApiGateway.Middleware.Definitions;

namespace ApiGateway.Middleware.OpenApi.Import;

/// <summary>Changes an API as a document says.</summary>
internal static class DefinitionMerger
{
    public static void Apply(RestApiDefinition target, RestApiDefinition source, ImportMode mode)
    {
        if (mode == ImportMode.Overwrite)
        {
            // Endpoint settings, stages and hosts are the API's, not the document's.
            var endpoint = target.Extensions.TryGetValue(EndpointImporter.Extension, out var kept) ? kept : null;
            Clear(target);
            if (endpoint is not null)
            {
                target.Extensions[EndpointImporter.Extension] = endpoint;
            }
        }

        target.Origin = source.Origin;
        target.Description = source.Description ?? target.Description;
        target.Version = source.Version ?? target.Version;
        target.Policy = source.Policy ?? target.Policy;
        target.MinimumCompressionSize = source.MinimumCompressionSize ?? target.MinimumCompressionSize;
        target.DocumentationVersion = source.DocumentationVersion ?? target.DocumentationVersion;
        target.ApiKeySource = source.ApiKeySource == default ? target.ApiKeySource : source.ApiKeySource;
        target.Profile = source.Profile == DefinitionProfile.Exact ? DefinitionProfile.Exact : target.Profile;
        Append(target.BinaryMediaTypes, source.BinaryMediaTypes);
        Append(target.DocumentationParts, source.DocumentationParts);
        Replace(target.Models, source.Models);
        Replace(target.RequestValidators, source.RequestValidators);
        Replace(target.GatewayResponses, source.GatewayResponses);
        Replace(target.Authorizers, source.Authorizers);
        foreach (var (name, value) in source.Extensions)
        {
            if (name != EndpointImporter.Extension || !target.Extensions.ContainsKey(name))
            {
                target.Extensions[name] = value;
            }
        }

        ReplaceMethods(target.Methods, source.Methods);
    }

    private static void Clear(RestApiDefinition api)
    {
        api.Description = null;
        api.Version = null;
        api.Policy = null;
        api.MinimumCompressionSize = null;
        api.DocumentationVersion = null;
        api.ApiKeySource = default;
        api.BinaryMediaTypes.Clear();
        api.DocumentationParts.Clear();
        api.Models.Clear();
        api.RequestValidators.Clear();
        api.GatewayResponses.Clear();
        api.Authorizers.Clear();
        api.Extensions.Clear();
        api.Methods.Clear();
    }

    private static void ReplaceMethods(IList<MethodDefinition> target, IList<MethodDefinition> source)
    {
        var places = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; i < target.Count; i++)
        {
            places[target[i].RouteKey] = i;
        }

        foreach (var method in source)
        {
            if (places.TryGetValue(method.RouteKey, out var place))
            {
                target[place] = method;
            }
            else
            {
                target.Add(method);
            }
        }
    }

    private static void Append<T>(IList<T> target, IList<T> source)
    {
        foreach (var item in source)
        {
            if (!target.Contains(item))
            {
                target.Add(item);
            }
        }
    }

    private static void Replace<TKey, TValue>(IDictionary<TKey, TValue> target, IDictionary<TKey, TValue> source)
    {
        foreach (var (key, value) in source)
        {
            target[key] = value;
        }
    }
}
