using System.Globalization;
using ApiGateway.Middleware.Contracts;
using ApiGateway.Middleware.Definitions;

namespace ApiGateway.Middleware.Compilation;

/// <summary>The id of an API's content: equal definitions have equal ids.</summary>
/// <remarks>
/// Stages, hosts and base path say where the content is served, and descriptions and documentation have no effect on requests;
/// none of them is part of it.
/// </remarks>
internal static class DeploymentId
{
    public static string Of(RestApiDefinition api)
    {
        var text = new CanonicalText();
        foreach (var method in api.Methods.OrderBy(static method => method.RouteKey, StringComparer.Ordinal))
        {
            Add(text, method);
        }

        text.Add<DefinitionProfile>(api.Profile).Add(api.ResponseIds?.ToString()).Add(api.HeaderProfile).Add<ForwardedHeadersMode>(api.ForwardedHeaders)
            .Add(api.DisableExecuteApiEndpoint).Add(api.HonorMethodOverride).Add<ApiKeySource>(api.ApiKeySource)
            .Add<ErrorFormat>(api.ErrorFormat).Add(api.RefuseRepeatedOverrides)
            .Add(api.CacheMode?.ToString())
            .Add(api.MinimumCompressionSize).Add(api.BrotliCompression).AddList(api.BinaryMediaTypes).AddJson(api.Policy)
            .AddMap(api.Models, static (text, model) => text.Add(model.ContentType).Add(model.IsDraft2020).AddJson(model.Schema))
            .AddMap(api.RequestValidators, static (text, validator) => text.Add(validator.ValidateRequestBody).Add(validator.ValidateRequestParameters))
            .AddMap(api.GatewayResponses, static (text, response) =>
                text.Add(response.StatusCode).AddMap(response.ResponseParameters).AddMap(response.ResponseTemplates))
            .AddMap(api.Authorizers, Add).AddMap(api.RateLimits, Add);
        Add(text, api.Cors);
        Add(text, api.Cache);
        return StableId.Of(text.ToString());
    }

    public static string Of(HttpApiDefinition api)
    {
        var text = new CanonicalText();
        foreach (var route in api.Routes.OrderBy(static route => route.RouteKey, StringComparer.Ordinal))
        {
            text.Add(route.RouteKey).Add<AuthorizationType>(route.AuthorizationType).Add(route.AuthorizerId)
                .AddList(route.AuthorizationScopes).AddMap(route.RateLimits, Add).Add(route.Target).Add(route.Integration is null ? 0 : 1);
            if (route.Integration is { } integration)
            {
                Add(text, integration);
            }
        }

        text.Add<DefinitionProfile>(api.Profile).Add(api.ResponseIds?.ToString()).Add(api.HeaderProfile).Add<ForwardedHeadersMode>(api.ForwardedHeaders)
            .Add(api.DisableExecuteApiEndpoint).Add<ErrorFormat>(api.ErrorFormat).Add(api.RouteSelectionExpression)
            .AddMap(api.Integrations, Add).AddMap(api.Authorizers, Add).AddMap(api.RateLimits, Add).Add(api.CorsConfiguration is null ? 0 : 1);
        if (api.CorsConfiguration is { } cors)
        {
            text.AddList(cors.AllowOrigins).AddList(cors.AllowMethods).AddList(cors.AllowHeaders).AddList(cors.ExposeHeaders)
                .Add(cors.MaxAge).Add(cors.AllowCredentials);
        }

        return StableId.Of(text.ToString());
    }

    public static string Of(WebSocketApiDefinition api)
    {
        var text = new CanonicalText();
        foreach (var route in api.Routes.OrderBy(static route => route.RouteKey, StringComparer.Ordinal))
        {
            text.Add(route.RouteKey).Add<AuthorizationType>(route.AuthorizationType).Add(route.AuthorizerId).AddList(route.AuthorizationScopes)
                .Add(route.ApiKeyRequired).AddMap(route.RateLimits, Add).Add(route.ModelSelectionExpression).AddMap(route.RequestModels)
                .AddMap(route.RequestParameters).Add(route.RouteResponseSelectionExpression)
                .AddMap(route.RouteResponses, static (text, response) =>
                    text.Add(response.ModelSelectionExpression).AddMap(response.ResponseModels).AddMap(response.ResponseParameters))
                .Add(route.Target).Add(route.Integration is null ? 0 : 1);
            if (route.Integration is { } integration)
            {
                Add(text, integration);
            }
        }

        text.Add<DefinitionProfile>(api.Profile).Add(api.ResponseIds?.ToString()).Add(api.HeaderProfile).Add<ForwardedHeadersMode>(api.ForwardedHeaders)
            .Add(api.DisableExecuteApiEndpoint).Add<ErrorFormat>(api.ErrorFormat).Add(api.RouteSelectionExpression)
            .Add(api.ApiKeySelectionExpression).Add(api.DisableSchemaValidation)
            .Add(api.Connections.Enabled).Add<AuthorizationType>(api.Connections.AuthorizationType).Add(api.Connections.AuthorizerId)
            .AddMap(api.Models, static (text, model) => text.Add(model.ContentType).Add(model.IsDraft2020).AddJson(model.Schema))
            .AddMap(api.Integrations, Add).AddMap(api.Authorizers, Add).AddMap(api.RateLimits, Add);
        return StableId.Of(text.ToString());
    }

    private static void Add(CanonicalText text, MethodDefinition method)
    {
        text.Add(method.RouteKey).Add<AuthorizationType>(method.AuthorizationType).Add(method.AuthorizerId)
            .AddList(method.AuthorizationScopes).Add(method.ApiKeyRequired).Add(method.RequestValidatorId)
            .AddMap(method.RequestParameters).AddMap(method.RequestModels).AddMap(method.RateLimits, Add)
            .AddMap(method.MethodResponses, static (text, response) => text.AddMap(response.ResponseParameters).AddMap(response.ResponseModels))
            .Add(method.Integration is null ? 0 : 1);
        if (method.Integration is { } integration)
        {
            Add(text, integration);
        }
    }

    private static void Add(CanonicalText text, IntegrationDefinition integration)
    {
        text.Add<IntegrationKind>(integration.Type).Add(integration.Uri).Add(integration.IntegrationHttpMethod)
            .Add(integration.TimeoutInMillis).Add(integration.Handler).Add(integration.HttpVersion)
            .Add(integration.Streaming?.ToString()).Add(integration.StreamsResponse).Add(integration.InsecureSkipVerification)
            .Add<PassthroughBehavior>(integration.PassthroughBehavior).Add<ContentHandling>(integration.ContentHandling)
            .Add(integration.Credentials).Add(integration.ConnectionType).Add(integration.ConnectionId).Add(integration.IntegrationTarget)
            .Add(integration.CacheNamespace).AddList(integration.CacheKeyParameters)
            .AddMap(integration.RequestParameters).AddMap(integration.RequestTemplates).Add(integration.TemplateSelectionExpression)
            .Add(integration.PayloadFormatVersion).Add(integration.IntegrationSubtype).Add(integration.ServerNameToVerify)
            .AddMap(integration.ResponseParameters, static (text, parameters) => text.AddMap(parameters)).Add(integration.IntegrationResponses.Count);
        foreach (var response in integration.IntegrationResponses)
        {
            text.Add(response.StatusCode).Add(response.SelectionPattern).Add(response.IntegrationResponseKey).Add(response.TemplateSelectionExpression).Add<ContentHandling>(response.ContentHandling)
                .AddMap(response.ResponseParameters).AddMap(response.ResponseTemplates);
        }
    }

    private static void Add(CanonicalText text, AuthorizerDefinition authorizer)
    {
        text.Add(authorizer.Type).Add(authorizer.Handler).Add(authorizer.AuthType).Add(authorizer.AuthorizerUri).Add(authorizer.AuthorizerCredentials)
            .Add(authorizer.IdentitySource).Add(authorizer.IdentityValidationExpression).Add(authorizer.AuthorizerResultTtlInSeconds)
            .AddList(authorizer.ProviderArns).AddList(authorizer.AllowedClientIds)
            .Add(authorizer.AuthorizerPayloadFormatVersion).Add(authorizer.EnableSimpleResponses).AddList(authorizer.IdentitySources)
            .Add(authorizer.JwtConfiguration?.Issuers.Count ?? -1);
        if (authorizer.JwtConfiguration is { } jwt)
        {
            Add(text, jwt);
        }
    }

    private static void Add(CanonicalText text, JwtConfigurationDefinition jwt)
    {
        text.AddList(jwt.DefaultAlgorithms);
        foreach (var issuer in jwt.Issuers)
        {
            text.Add(issuer.Issuer).Add(issuer.JwksUri).AddList(issuer.Audiences).Add(issuer.AdditionalClaims.Count);
            foreach (var claim in issuer.AdditionalClaims)
            {
                text.Add(claim.ClaimName).Add(claim.Format).Add(claim.Required).AddList(claim.ExpectedValues);
            }
        }
    }

    private static void Add(CanonicalText text, CachePolicyDefinition? cache)
    {
        text.Add(cache is null ? 0 : 1);
        if (cache is not null)
        {
            text.Add(cache.SingleFlight).Add(cache.StaleWhileRevalidateInSeconds).Add(cache.StaleIfErrorInSeconds).Add(cache.ConditionalRequests)
                .Add(cache.HonorCacheControl).AddList(cache.VaryByHeaders).Add(cache.VaryByQuery?.ToString()).Add(cache.VaryByCaller?.ToString())
                .AddMap(cache.TtlByStatus, static (text, seconds) => text.Add(seconds)).Add(cache.DiagnosticHeader);
        }
    }

    private static void Add(CanonicalText text, RateLimitDefinition limit) =>
        text.AddList(limit.Key).Add(limit.RateLimit?.ToString("R", CultureInfo.InvariantCulture)).Add(limit.BurstLimit).Add(limit.ConcurrencyLimit)
            .Add(limit.Cost).Add(limit.DryRun).Add(limit.Headers).Add(limit.Enabled);

    private static void Add(CanonicalText text, CorsDefinition? cors)
    {
        text.Add(cors is null ? 0 : 1);
        if (cors is not null)
        {
            text.AddList(cors.AllowOrigins).AddList(cors.AllowMethods).AddList(cors.AllowHeaders).AddList(cors.ExposeHeaders)
                .Add(cors.MaxAge).Add(cors.AllowCredentials);
        }
    }
}
