using ApiGateway.Middleware.Contracts;
using ApiGateway.Middleware.Definitions;
using ApiGateway.Middleware.Snapshots;

namespace ApiGateway.Middleware.Compilation;

/// <summary>Compiles <c>HTTP</c> and <c>HTTP_PROXY</c> integrations.</summary>
internal sealed class HttpPlanCompiler(
    ApiDefinition api, RouteSource route, IntegrationDefinition integration, DefinitionOrigin origin, StageSnapshot stage, IntegrationRules rules,
    HandlerTable handlers, DefinitionErrors errors)
{
    private bool IsExact => api.Profile == DefinitionProfile.Exact;

    public HttpIntegrationPlan Compile(TimeSpan timeout)
    {
        var id = api.Id ?? api.Name;
        var links = new VpcLinkCompiler(integration, origin, stage, handlers, errors);
        var uri = rules.IsHttpApi && links.HasArn ? links.CompileUri() : CompileUri();
        var isAws = (api.HeaderProfile ?? (IsExact ? HeaderProfile.Aws : HeaderProfile.Plain)) == HeaderProfile.Aws;
        return new HttpIntegrationPlan(integration.Type, timeout)
        {
            Uri = uri,
            Link = links.Compile(rules.IsHttpApi ? null : AuthorityOf(uri)),
            Method = CompileMethod(),
            IsHttp2 = CompileVersion(),
            InsecureSkipVerification = integration.InsecureSkipVerification,
            DropsAuthorization = route.AuthorizationType == AuthorizationType.AwsIam,
            PassesAnyBody = rules.IsHttpApi,
            IsStreaming = !rules.IsWebSocketApi && (integration.Streaming ?? !IsExact),
            IsolatesClient = rules.IsWebSocketApi,
            Headers = new HttpHeaderPlan
            {
                IsAws = isAws && !rules.IsHttpApi,
                AddsForwarded = isAws && rules.IsHttpApi,
                AppendForwarded = api.ForwardedHeaders == ForwardedHeadersMode.Append,
                ApiId = id,
                UserAgent = $"AmazonAPIGateway_{id}",
            },
        };
    }

    /// <summary>Finds the method towards the backend, or gives <see langword="null"/> for that of the request.</summary>
    public HttpMethod? CompileMethod()
    {
        if (integration.IntegrationHttpMethod is not { } name)
        {
            if (IsExact && !rules.IsHttpApi)
            {
                errors.Add(origin.Child("IntegrationHttpMethod"), "Enumeration value for HttpMethod must be non-empty");
            }

            return null;
        }

        if (name.Equals("ANY", StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        var known = Array.Find(RouteMethod.Names, method => method.Equals(name, StringComparison.OrdinalIgnoreCase));
        if (known is null)
        {
            errors.Add(
                origin.Child("IntegrationHttpMethod"),
                $"must be one of GET, PUT, POST, DELETE, PATCH, OPTIONS, HEAD and ANY, but is '{name}'.");
            return null;
        }

        return new HttpMethod(known);
    }

    private UriPlan? CompileUri() => new UriPlanCompiler(integration, origin.Child("Uri"), IsExact, stage, route.Variables, errors)
    {
        IsHttpApi = rules.IsHttpApi,
        AppendsPath = rules.IsHttpApi && route.ResourcePath == HttpRouteKey.Default,
    }.Compile();

    // What a server behind a link is called, wherever it is.
    private static string? AuthorityOf(UriPlan? uri) => uri is null ? null : new Uri(uri.Parts[0].Text, UriPlan.AsWritten).Authority;

    private bool CompileVersion()
    {
        if (integration.HttpVersion is not (null or "1.1" or "2"))
        {
            errors.Add(origin.Child("HttpVersion"), $"must be '1.1' or '2', but is '{integration.HttpVersion}'.");
        }

        return integration.HttpVersion == "2";
    }
}
