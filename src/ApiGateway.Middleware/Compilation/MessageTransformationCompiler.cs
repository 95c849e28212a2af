using System.Text.RegularExpressions;
using ApiGateway.Middleware.Contracts;
using ApiGateway.Middleware.Definitions;
using ApiGateway.Middleware.Languages.Expressions;
using ApiGateway.Middleware.Languages.Templates.Variables;
using ApiGateway.Middleware.Snapshots;

namespace ApiGateway.Middleware.Compilation;

/// <summary>Compiles what happens between a message and its integration, each way.</summary>
/// <remarks>Source: "Data transformations for WebSocket APIs in API Gateway", "Set up WebSocket API integration responses in API Gateway".</remarks>
internal sealed class MessageTransformationCompiler(
    ApiDefinition api, IntegrationDefinition integration, DefinitionOrigin origin, StageSnapshot stage, StageVariablesObject variables,
    TransformationTemplates templates, DefinitionErrors errors)
{
    private const string Default = "$default";
    private const string ResponseHeader = "route.response.header.";

    // The client gets no status; the text of the connect route's answer is 200.
    private const int Ok = 200;

    private bool HasTemplates => integration.Type is IntegrationKind.Http or IntegrationKind.Aws or IntegrationKind.Mock;

    /// <summary>Compiles.</summary>
    /// <param name="isLifecycle">Whether the route is one of the connection's life, not of its messages.</param>
    /// <returns>The plan, or <see langword="null"/> if message and answer pass as they are.</returns>
    public TransformationPlan? Compile(bool isLifecycle)
    {
        var request = CompileRequest(isLifecycle);
        var response = HasTemplates ? CompileResponse(isLifecycle) : null;
        return response is null && IsEmpty(request) ? null : new TransformationPlan
        {
            Request = request,
            Response = response,
            StageVariables = variables,
        };
    }

    private static bool IsEmpty(RequestTransformationPlan request) =>
        request.Parameters.Length == 0 && request.Templates.IsEmpty && request.Passthrough == default && !request.ConvertsBody;

    private RequestTransformationPlan CompileRequest(bool isLifecycle)
    {
        var isMapped = integration.Type is not (IntegrationKind.AwsProxy or IntegrationKind.InProcess);
        var illegal = MappedHeaders.IllegalFor(integration.Type, isAwsProfile: api.HeaderProfile == HeaderProfile.Aws);
        var mappings = new TransformationMappings(null, origin.Child("RequestParameters"), stage, isExact: false, errors)
        {
            SourcePrefix = ParameterExpression.RouteRequest,
        };
        return new RequestTransformationPlan
        {
            Parameters = isMapped ? Array.ConvertAll(mappings.CompileRequest(integration.RequestParameters, illegal), WithSelection) : [],
            Templates = CompileTemplates(isLifecycle),
            TemplateSelection = CompileSelection(integration.TemplateSelectionExpression, SelectionRoots.RequestBody, origin),
            Passthrough = HasTemplates ? integration.PassthroughBehavior : default,
            ContentHandling = integration.ContentHandling,
            ConvertsBody = isMapped && integration.ContentHandling != ContentHandling.None,
            IsAlwaysText = true,
            IllegalHeaders = illegal,
            AlwaysTakesBody = integration.Type == IntegrationKind.Mock,
            RefusesRepeatedOverrides = false,
        };
    }

    private TemplateSet CompileTemplates(bool isLifecycle)
    {
        if (!HasTemplates)
        {
            return TemplateSet.Empty;
        }

        // Such a route has nothing to say: the connection is opened, or has ended.
        return isLifecycle && integration is { Type: IntegrationKind.Mock, RequestTemplates.Count: 0 }
            ? templates.Compile(new Dictionary<string, string> { [Default] = "{\"statusCode\":200}" }, origin.Child("RequestTemplates"))
            : templates.Compile(integration.RequestTemplates, origin.Child("RequestTemplates"));
    }

    // Values of messages are written as those of selection expressions are.
    private static ParameterMapping WithSelection(ParameterMapping mapping) =>
        mapping.Source is { Kind: ParameterKind.BodyJsonPath, Name: ['$', .. var path] }
        && SelectionExpression.TryParse("${request.body" + path + "}", SelectionRoots.RequestBody, out var selection, out _)
            ? mapping with { Selection = selection } : mapping;

    private ResponseTransformationPlan CompileResponse(bool isLifecycle)
    {
        var responses = new List<(IntegrationResponsePlan Plan, bool IsDefault)>();
        var keys = new HashSet<string>(StringComparer.Ordinal);
        foreach (var response in integration.IntegrationResponses)
        {
            var key = response.IntegrationResponseKey ?? "";
            var at = response.Origin ?? origin.Child("IntegrationResponses").Child(key);
            if (!keys.Add(key))
            {
                errors.Add(at.Child("IntegrationResponseKey"), $"Another integration response has the key '{key}'. Remove one of them.");
            }
            else if (Compile(response, key, at) is { } plan)
            {
                responses.Add((plan, key == Default));
            }
        }

        return new ResponseTransformationPlan(
            [.. responses.Where(static response => !response.IsDefault).Select(static response => response.Plan)],
            responses.Find(static response => response.IsDefault).Plan)
        {
            // A MOCK says by its status alone whether a connection is opened.
            IsImplied = isLifecycle && integration.Type == IntegrationKind.Mock,
            ConvertsBody = integration.IntegrationResponses.Any(static response => response.ContentHandling != ContentHandling.None),
            IsAlwaysText = true,
            Remaps = false,
            ParsesErrorMessage = integration.Type == IntegrationKind.Aws,
        };
    }

    private IntegrationResponsePlan? Compile(IntegrationResponseDefinition response, string key, DefinitionOrigin at)
    {
        Regex? pattern = null;
        if (key != Default
            && (key is not ['/', .. var expression, '/'] || !JavaRegex.TryCompile(expression, whole: true, ignoreCase: false, out pattern)))
        {
            errors.Add(at.Child("IntegrationResponseKey"), $"must be '$default' or a regular expression between slashes such as '/4\\d\\d/', but is '{key}'.");
            return null;
        }

        if (response.SelectionPattern is not null || response.StatusCode.Length > 0)
        {
            errors.Add(at, "Integration responses of WebSocket APIs have 'IntegrationResponseKey' in place of 'StatusCode' and 'SelectionPattern'. Remove these.");
        }

        return new IntegrationResponsePlan
        {
            Status = Ok,
            Pattern = pattern,
            IsDeclared = true,
            Parameters = new TransformationMappings(null, at.Child("ResponseParameters"), stage, isExact: false, errors) { ResponsePrefix = ResponseHeader }
                .CompileResponse(response.ResponseParameters, "", remaps: false),
            Templates = templates.Compile(response.ResponseTemplates, at.Child("ResponseTemplates")),
            TemplateSelection = CompileSelection(
                response.TemplateSelectionExpression, SelectionRoots.RequestBody | SelectionRoots.IntegrationResponse, at),
            ContentHandling = response.ContentHandling,
        };
    }

    private SelectionExpression CompileSelection(string? text, SelectionRoots roots, DefinitionOrigin at) =>
        SelectionCompiler.Compile(text, roots, at.Child("TemplateSelectionExpression"), errors);
}
