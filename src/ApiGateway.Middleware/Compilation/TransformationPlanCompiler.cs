using System.Globalization;
using System.Text.RegularExpressions;
using ApiGateway.Middleware.Contracts;
using ApiGateway.Middleware.Definitions;
using ApiGateway.Middleware.Languages.Expressions;
using ApiGateway.Middleware.Languages.Templates.Variables;
using ApiGateway.Middleware.Snapshots;

namespace ApiGateway.Middleware.Compilation;

/// <summary>Compiles what happens between a method and its integration, each way.</summary>
internal sealed class TransformationPlanCompiler(
    RestApiDefinition api, MethodDefinition method, IntegrationDefinition integration, DefinitionOrigin origin, StageSnapshot stage,
    StageVariablesObject variables, TransformationTemplates templates, DefinitionErrors errors)
{
    private bool IsExact => api.Profile == DefinitionProfile.Exact;

    // AWS integrations speak the managed service's language whoever wrote the definition.
    private bool IsAwsProfile => (api.HeaderProfile ?? (IsExact ? HeaderProfile.Aws : HeaderProfile.Plain)) == HeaderProfile.Aws;

    private bool HasTemplates => integration.Type is IntegrationKind.Http or IntegrationKind.Aws or IntegrationKind.Mock;

    // Bodies of proxies pass as they are unless they are told to change. Elsewhere the managed service takes every body for text or
    // bytes; settings and code ask for that by naming binary types or a handling.
    private bool ConvertsBody => integration.Type is not (IntegrationKind.InProcess or IntegrationKind.AwsProxy)
        && (integration.ContentHandling != ContentHandling.None
            || (HasTemplates && (IsExact || api.BinaryMediaTypes.Count > 0
                || integration.IntegrationResponses.Any(static response => response.ContentHandling != ContentHandling.None))));

    /// <summary>Compiles.</summary>
    /// <returns>The plan, or <see langword="null"/> if request and answer pass as they are.</returns>
    public TransformationPlan? Compile()
    {
        var request = CompileRequest();
        var response = HasTemplates ? CompileResponse(request) : null;
        return response is null && IsEmpty(request) ? null : new TransformationPlan
        {
            Request = request,
            Response = response,
            StageVariables = variables,
        };
    }

    private static bool IsEmpty(RequestTransformationPlan request) =>
        request.Parameters.Length == 0 && request.Templates.IsEmpty && request.Passthrough != PassthroughBehavior.Never
        && !request.ConvertsBody && !request.AlwaysTakesBody;

    private RequestTransformationPlan CompileRequest()
    {
        var illegal = MappedHeaders.IllegalFor(integration.Type, IsAwsProfile);
        var parameters = new TransformationMappings(method, origin.Child("RequestParameters"), stage, IsExact, errors)
            .CompileRequest(integration.RequestParameters, illegal);
        if (integration.Type == IntegrationKind.AwsProxy)
        {
            // Mappings are ignored there, but illegal ones fail all the same: recorded.
            parameters = Array.FindAll(parameters, static mapping => mapping.IsIllegal);
        }

        return new RequestTransformationPlan
        {
            Parameters = parameters,
            Templates = HasTemplates
                ? templates.Compile(integration.RequestTemplates, origin.Child("RequestTemplates")) : TemplateSet.Empty,
            Passthrough = HasTemplates ? integration.PassthroughBehavior : PassthroughBehavior.WhenNoMatch,
            ContentHandling = integration.ContentHandling,
            ConvertsBody = ConvertsBody,
            IllegalHeaders = illegal,
            AlwaysTakesBody = integration.Type == IntegrationKind.Mock,
            RefusesRepeatedOverrides = api.RefuseRepeatedOverrides,
        };
    }

    private ResponseTransformationPlan? CompileResponse(RequestTransformationPlan request)
    {
        var isImplied = !IsExact && integration.IntegrationResponses.Count == 0;
        if (isImplied && integration.Type == IntegrationKind.Http && !ConvertsBody && !MayOverrideResponse(request))
        {
            // Nothing changes on the way back, so the answer need not be held.
            return null;
        }

        var responses = integration.IntegrationResponses
            .Select(response => Compile(response, response.Origin ?? origin.Child("IntegrationResponses").Child(response.StatusCode)))
            .OfType<IntegrationResponsePlan>()
            .OrderBy(static response => response.Status)
            .ToList();
        return new ResponseTransformationPlan(
            [.. responses.Where(static response => response.Pattern is not null)],
            responses.Find(static response => response.Pattern is null))
        {
            IsImplied = isImplied,
            ConvertsBody = ConvertsBody,
            Remaps = IsAwsProfile,
            ParsesErrorMessage = integration.Type == IntegrationKind.Aws,
        };
    }

    private bool MayOverrideResponse(RequestTransformationPlan request) =>
        !request.Templates.IsEmpty
        && integration.RequestTemplates.Values.Any(static text => text.Contains("responseOverride", StringComparison.Ordinal));

    private IntegrationResponsePlan? Compile(IntegrationResponseDefinition response, DefinitionOrigin at)
    {
        if (response.StatusCode.Length != 3 || !int.TryParse(response.StatusCode, NumberStyles.None, CultureInfo.InvariantCulture, out var status) || status is < 200 or > 599)
        {
            errors.Add(at.Child("StatusCode"), $"must be from 200 to 599, but is '{response.StatusCode}'.");
            return null;
        }

        Regex? pattern = null;
        if (!string.IsNullOrEmpty(response.SelectionPattern)
            && !JavaRegex.TryCompile(response.SelectionPattern, whole: true, ignoreCase: false, out pattern))
        {
            Refuse(at.Child("SelectionPattern"), $"is no regular expression: '{response.SelectionPattern}'.", "The response is never selected.");
            return null;
        }

        var isDeclared = method.MethodResponses.ContainsKey(response.StatusCode) || (!IsExact && method.MethodResponses.Count == 0);
        if (!isDeclared)
        {
            Refuse(at.Child("StatusCode"), $"The method has no response {status}.", "Requests that select it will fail with 500.");
        }

        return new IntegrationResponsePlan
        {
            Status = status,
            Pattern = pattern,
            IsDeclared = isDeclared,
            Parameters = new TransformationMappings(method, at.Child("ResponseParameters"), stage, IsExact, errors)
                .CompileResponse(response.ResponseParameters, response.StatusCode, IsAwsProfile),
            Templates = templates.Compile(response.ResponseTemplates, at.Child("ResponseTemplates")),
            ContentHandling = response.ContentHandling,
        };
    }

    // What Amazon API Gateway accepts at import never stops the host.
    private void Refuse(DefinitionOrigin at, string message, string consequence)
    {
        if (IsExact)
        {
            errors.Warn(at, $"{message} {consequence}");
        }
        else
        {
            errors.Add(at, message);
        }
    }
}
