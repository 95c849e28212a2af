using ApiGateway.Middleware.Contracts;
using ApiGateway.Middleware.Definitions;
using ApiGateway.Middleware.Snapshots;

namespace ApiGateway.Middleware.Compilation;

/// <summary>Compiles <c>AWS</c> integrations: a Lambda function, or any other service by action or path.</summary>
/// <remarks>Which host is asked comes from the address, the stage's variables and the options; requests add to path and query only.</remarks>
internal sealed class AwsPlanCompiler(
    ApiDefinition api, RouteSource route, IntegrationDefinition integration, DefinitionOrigin origin, StageSnapshot stage,
    HandlerTable handlers, DefinitionErrors errors)
{
    private const string FunctionStart = "2015-03-31/functions/";
    private const string FunctionEnd = "/invocations";

    private bool IsExact => api.Profile == DefinitionProfile.Exact;

    private bool IsAwsProfile => (api.HeaderProfile ?? (IsExact ? HeaderProfile.Aws : HeaderProfile.Plain)) == HeaderProfile.Aws;

    public IntegrationPlan Compile(TimeSpan timeout)
    {
        if (integration.StreamsResponse)
        {
            Refuse(origin.Child("ResponseTransferMode"), "STREAM is for AWS_PROXY and HTTP_PROXY. Answers of AWS integrations are held.", "It has no effect.");
        }

        if (string.IsNullOrWhiteSpace(integration.Uri))
        {
            errors.Add(
                origin.Child("Uri"), "Invalid ARN specified in the request: it is missing. Write 'arn:aws:apigateway:{region}:{service}:path/{path}' or ':action/{action}'.");
            return CompileService(timeout, null);
        }

        var text = AwsIntegrationUri.Resolve(integration.Uri, stage.Variables);
        if (!IsExact && !AwsIntegrationUri.IsMeant(text))
        {
            // Settings and code may give the function alone.
            return CompileFunction(timeout);
        }

        if (AwsIntegrationUri.Read(text, out var error) is not { } uri)
        {
            if (text != integration.Uri && AwsIntegrationUri.IsMeant(integration.Uri))
            {
                errors.Warn(origin.Child("Uri"), $"In stage '{stage.Name}': {error} Requests will fail with 500.");
            }
            else
            {
                errors.Add(origin.Child("Uri"), error!);
            }

            return CompileService(timeout, null);
        }

        return IsFunction(uri) ? CompileFunction(timeout) : CompileService(timeout, uri);
    }

    private static bool IsFunction(AwsIntegrationUri uri) =>
        uri is { Service: "lambda", Subdomain: null, IsAction: false }
        && uri.Target.AsSpan().TrimStart('/').StartsWith(FunctionStart, StringComparison.Ordinal)
        && uri.Target.EndsWith(FunctionEnd, StringComparison.Ordinal);

    private AwsFunctionPlan CompileFunction(TimeSpan timeout) => new(timeout)
    {
        Function = new LambdaPlanCompiler(api, route, integration, origin, stage, IntegrationRules.Rest, handlers, errors).CompileFunction(),
        IsAws = IsAwsProfile,
    };

    private AwsServicePlan CompileService(TimeSpan timeout, AwsIntegrationUri? uri)
    {
        var server = uri is null ? null : FindServer(uri);
        var call = uri is null ? null : CallOf(uri);
        var id = api.Id ?? api.Name;
        return new AwsServicePlan(timeout)
        {
            Server = server,
            Target = call is { Target: { } target } && !IsMapped("header.X-Amz-Target") ? target : null,
            ContentType = call?.ContentType,
            IsS3 = uri?.Service == "s3",
            Request = new HttpIntegrationPlan(IntegrationKind.Aws, timeout)
            {
                Uri = server is null || call is null ? null
                    : new UriPlanCompiler(integration, origin.Child("Uri"), IsExact, stage, route.Variables, errors).CompileBehind(server.Address, call.Path),
                Method = CompileMethod(uri),
                IsHttp2 = false,
                InsecureSkipVerification = false,
                IsStreaming = false,
                Headers = new HttpHeaderPlan { IsAws = IsAwsProfile, AppendForwarded = false, ApiId = id, UserAgent = $"AmazonAPIGateway_{id}" },
            },
        };
    }

    private AwsServiceServer? FindServer(AwsIntegrationUri uri)
    {
        var name = new AwsServiceName(uri.Partition, uri.Region, uri.Subdomain, uri.Service);
        var server = handlers.FindService(name);
        if (server is null)
        {
            Refuse(
                origin.Child("Uri"), $"The service '{uri.Service}' can be called nowhere: give keys for AWS, or set 'Aws:Endpoints:{uri.Service}'.",
                "Requests will fail with 500.");
        }

        return server;
    }

    // What an action needs besides its parameters, unless the definition says it itself.
    private Call CallOf(AwsIntegrationUri uri)
    {
        if (!uri.IsAction)
        {
            return new Call(uri.Target.StartsWith('/') ? uri.Target : "/" + uri.Target, null, null);
        }

        var and = uri.Target.IndexOf('&', StringComparison.Ordinal);
        var action = and < 0 ? uri.Target : uri.Target[..and];
        var parameters = and < 0 ? "" : uri.Target[(and + 1)..];
        if (action.Length == 0 || !action.All(char.IsAsciiLetterOrDigit))
        {
            errors.Add(origin.Child("Uri"), $"Invalid ARN specified in the request: an action has letters and digits, but is '{action}'.");
            return new Call("/", null, null);
        }

        if (AwsServiceProtocols.TryGetJson(uri.Service, action, out var target, out var contentType))
        {
            return new Call(parameters.Length == 0 ? "/" : "/?" + parameters, target, contentType);
        }

        var query = new List<string>();
        if (!IsMapped("querystring.Action"))
        {
            query.Add("Action=" + action);
        }

        if (AwsServiceProtocols.VersionOf(uri.Service) is { } version && !IsMapped("querystring.Version")
            && !("&" + parameters).Contains("&Version=", StringComparison.Ordinal))
        {
            query.Add("Version=" + version);
        }

        if (parameters.Length > 0)
        {
            query.Add(parameters);
        }

        return new Call(query.Count == 0 ? "/" : "/?" + string.Join('&', query), null, null);
    }

    private HttpMethod? CompileMethod(AwsIntegrationUri? uri) =>
        integration.IntegrationHttpMethod is null && !IsExact && uri is { IsAction: true }
            ? HttpMethod.Post
            : new HttpPlanCompiler(api, route, integration, origin, stage, IntegrationRules.Rest, handlers, errors).CompileMethod();

    private bool IsMapped(string target) =>
        integration.RequestParameters.Keys.Any(name => name.Equals("integration.request." + target, StringComparison.OrdinalIgnoreCase));

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

    private sealed record Call(string Path, string? Target, string? ContentType);
}
