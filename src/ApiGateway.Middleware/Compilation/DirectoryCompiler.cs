using ApiGateway.Middleware.Contracts;
using ApiGateway.Middleware.Definitions;
using ApiGateway.Middleware.Snapshots;

namespace ApiGateway.Middleware.Compilation;

/// <summary>Gives each API its place: hosts, base paths, domain names, and the default host.</summary>
internal sealed class DirectoryCompiler(IReadOnlyList<CompiledApi> apis, GatewayIdentity identity, DefinitionErrors errors)
{
    private const string None = "(none)";

    // Source: "Map API stages to a custom domain name for HTTP APIs".
    private const int LongestKey = 300;

    private readonly Dictionary<string, Dictionary<string, Place>> _hosts = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> _domains = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, Place> _anyHost = new(StringComparer.Ordinal);

    public ApiDirectory Compile(IEnumerable<DomainNameDefinition> domains)
    {
        foreach (var api in apis)
        {
            Add(api);
        }

        foreach (var domain in domains)
        {
            Add(domain);
        }

        var exact = new Dictionary<string, ApiMapping[]>(StringComparer.OrdinalIgnoreCase);
        var wildcards = new List<KeyValuePair<string, ApiMapping[]>>();
        foreach (var (host, places) in _hosts)
        {
            if (host.StartsWith("*.", StringComparison.Ordinal))
            {
                wildcards.Add(new(host[1..], ToMappings(places, isClaiming: true, _domains.Contains(host))));
            }
            else
            {
                exact[host] = ToMappings(places, isClaiming: true, _domains.Contains(host));
            }
        }

        return new ApiDirectory(
            exact, [.. wildcards.OrderByDescending(static item => item.Key.Length)], DefaultHosts(), ToMappings(_anyHost, isClaiming: false));
    }

    private void Add(CompiledApi api)
    {
        var basePath = BasePathOf(api.Definition.BasePath, api.Origin.Child("BasePath"));
        if (api.Definition.Hosts.Count == 0)
        {
            AddStages(_anyHost, basePath, api, api.Origin);
        }

        foreach (var host in api.Definition.Hosts)
        {
            AddStages(PlacesOf(host, api.Origin.Child("Hosts")), basePath, api, api.Origin);
        }
    }

    private void Add(DomainNameDefinition domain)
    {
        var origin = domain.Origin ?? new DefinitionOrigin("code", $"DomainNames:{domain.DomainName}");
        var places = PlacesOf(domain.DomainName, origin);
        _domains.Add(domain.DomainName);
        CompiledApi? first = null;
        if (domain.BasePathMappings.Count == 0)
        {
            errors.Add(origin.Child("BasePathMappings"), "A domain name needs at least one base path mapping.");
        }

        foreach (var mapping in domain.BasePathMappings)
        {
            var at = mapping.Origin ?? origin.Child("BasePathMappings");
            var api = apis.FirstOrDefault(api => api.Snapshot.Id == mapping.RestApiId);
            if (api is null)
            {
                errors.Add(at.Child("RestApiId"), $"There is no API with the id '{mapping.RestApiId}'.");
                continue;
            }

            // Source: "Custom domain names for WebSocket APIs in API Gateway".
            first ??= api;
            if ((api.Snapshot.Kind == ApiKind.WebSocket) != (first.Snapshot.Kind == ApiKind.WebSocket))
            {
                errors.Add(
                    at.Child("RestApiId"),
                    $"A domain name is for WebSocket APIs, or for REST and HTTP APIs, but '{domain.DomainName}' has both '{first.Definition.Name}' and '{api.Definition.Name}'. Give one of them a domain name of its own.");
                continue;
            }

            var basePath = BasePathOf(mapping.BasePath, at.Child("BasePath"));
            if (basePath.Length > LongestKey + 1)
            {
                errors.Add(at.Child("BasePath"), $"must have at most {LongestKey} characters, but has {basePath.Length - 1}.");
            }

            if (mapping.Stage is null or "" or None)
            {
                AddStages(places, basePath, api, at);
            }
            else if (api.Stages.FirstOrDefault(stage => stage.Name == mapping.Stage) is not { } stage)
            {
                errors.Add(at.Child("Stage"), $"The API '{mapping.RestApiId}' has no stage '{mapping.Stage}'.");
            }
            else if (!places.TryAdd(basePath, new Place(api) { FixedStage = stage }))
            {
                errors.Add(at.Child("BasePath"), $"The base path '{basePath}' is mapped twice. Remove one of the mappings.");
            }
        }

        // A custom domain claims its host: what no mapping fits is refused.
        if (!places.ContainsKey("") && places.Values.FirstOrDefault() is { } any)
        {
            places[""] = new Place(any.Api);
        }
    }

    private void AddStages(Dictionary<string, Place> places, string basePath, CompiledApi api, DefinitionOrigin origin)
    {
        if (!places.TryGetValue(basePath, out var place))
        {
            places[basePath] = place = new Place(api);
        }
        else if (place.FixedStage is not null)
        {
            errors.Add(origin, $"The base path '{basePath}' is mapped to a fixed stage already. Give '{api.Definition.Name}' another one.");
            return;
        }

        foreach (var stage in api.Stages)
        {
            if (!place.Stages.TryAdd(stage.Name, stage))
            {
                errors.Add(
                    origin,
                    $"Stage '{stage.Name}' is also a stage of API '{place.Stages[stage.Name].Api.Name}' at the same host and base path. " +
                    "Give one of the APIs its own 'BasePath' or 'Hosts', or rename the stage.");
            }
        }
    }

    private Dictionary<string, Place> PlacesOf(string host, DefinitionOrigin origin)
    {
        var name = host.StartsWith("*.", StringComparison.Ordinal) ? host[2..] : host;
        if (Uri.CheckHostName(name) == UriHostNameType.Unknown)
        {
            errors.Add(origin, $"A host is a name without scheme and port, such as 'api.example.com' or '*.example.com', but is '{host}'.");
        }

        if (!_hosts.TryGetValue(host, out var places))
        {
            _hosts[host] = places = new(StringComparer.Ordinal);
        }

        return places;
    }

    private string BasePathOf(string? path, DefinitionOrigin origin)
    {
        if (path is null or None)
        {
            return "";
        }

        var trimmed = path.Trim('/');
        if (trimmed.Contains('%', StringComparison.Ordinal) || trimmed.Contains('{', StringComparison.Ordinal)
            || trimmed.Contains("//", StringComparison.Ordinal))
        {
            errors.Add(origin, $"A base path is plain text such as '/shop' or '/shop/v1', but is '{path}'.");
        }

        return trimmed.Length == 0 ? "" : "/" + trimmed;
    }

    private Dictionary<string, ApiMapping[]> DefaultHosts()
    {
        var hosts = new Dictionary<string, ApiMapping[]>(StringComparer.OrdinalIgnoreCase);
        foreach (var api in apis)
        {
            hosts[$"{api.Snapshot.Id}.execute-api.{identity.Region}.amazonaws.com"] =
            [
                new ApiMapping
                {
                    BasePath = "",
                    Stages = Named(api.Stages),
                    DefaultStage = DefaultOf(api.Stages),
                    Owner = api.Snapshot,
                    IsClaiming = true,
                    IsDisabled = api.Definition.DisableExecuteApiEndpoint,
                },
            ];
        }

        return hosts;
    }

    private static SegmentTable<StageSnapshot> Named(IEnumerable<StageSnapshot> stages) =>
        new([.. stages.Where(static stage => stage.Name != StageSnapshot.Default).Select(static stage => KeyValuePair.Create(stage.Name, stage))]);

    private static StageSnapshot? DefaultOf(IEnumerable<StageSnapshot> stages) =>
        stages.FirstOrDefault(static stage => stage.Name == StageSnapshot.Default);

    private static ApiMapping[] ToMappings(Dictionary<string, Place> places, bool isClaiming, bool isOfDomain = false) =>
    [
        .. places.OrderByDescending(static item => item.Key.Length).Select(item => new ApiMapping
        {
            BasePath = item.Key,
            Stages = Named(item.Value.Stages.Values),
            DefaultStage = DefaultOf(item.Value.Stages.Values),
            FixedStage = item.Value.FixedStage,
            Owner = item.Value.Api.Snapshot,
            IsClaiming = isClaiming,
            IsOfDomain = isOfDomain,
        }),
    ];

    private sealed class Place(CompiledApi api)
    {
        public CompiledApi Api { get; } = api;

        public Dictionary<string, StageSnapshot> Stages { get; } = new(StringComparer.Ordinal);

        public StageSnapshot? FixedStage { get; init; }
    }
}
