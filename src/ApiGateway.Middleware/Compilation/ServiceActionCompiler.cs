using ApiGateway.Middleware.Contracts;
using ApiGateway.Middleware.Definitions;
using ApiGateway.Middleware.Languages.Expressions;
using ApiGateway.Middleware.Snapshots;

namespace ApiGateway.Middleware.Compilation;

/// <summary>Compiles <c>AWS_PROXY</c> integrations with a subtype.</summary>
internal sealed class ServiceActionCompiler(
    IntegrationDefinition integration, DefinitionOrigin origin, StageSnapshot stage, HandlerTable handlers, DefinitionErrors errors)
{
    private const string Region = "Region";

    /// <summary>Compiles.</summary>
    /// <param name="timeout">The time limit.</param>
    /// <returns>The plan, or <see langword="null"/> if there is no such subtype.</returns>
    public ServiceActionPlan? Compile(TimeSpan timeout)
    {
        if (!ServiceSubtype.All.TryGetValue(integration.IntegrationSubtype!, out var subtype))
        {
            var known = string.Join(", ", ServiceSubtype.All.Keys.Order(StringComparer.Ordinal));
            errors.Add(origin.Child("IntegrationSubtype"), $"must be one of {known}, but is '{integration.IntegrationSubtype}'.");
            return null;
        }

        if (integration.ResponseParameters.Count > 0)
        {
            errors.Warn(origin.Child("ResponseParameters"), "An integration with a subtype returns the service's answer as it is. They have no effect.");
        }

        var parameters = CompileParameters(subtype);
        var region = parameters.Find(static parameter => parameter.Name == Region)?.Value.Constant is { Length: > 0 } named ? named : stage.Api.Region;
        var action = handlers.FindAction(subtype.Name);
        var call = action is null ? CompileCall(subtype, region, timeout) : null;
        if (action is null && call is null)
        {
            errors.Warn(
                origin.Child("IntegrationSubtype"), $"Nothing carries out '{subtype.Name}'. Register it with AddServiceAction(\"{subtype.Name}\", ...)"
                + (subtype.Service is null ? ". " : $", or give keys for AWS, or set 'Aws:Endpoints:{subtype.Service}'. ") + "Requests will fail with 500.");
        }

        return new ServiceActionPlan(timeout)
        {
            Subtype = subtype.Name,
            Parameters = [.. parameters],
            Region = stage.Api.Region,
            CredentialsArn = integration.Credentials,
            Action = action,
            Call = call,
            Wrapper = subtype.Wrapper,
        };
    }

    private List<ServiceParameter> CompileParameters(ServiceSubtype subtype)
    {
        var at = origin.Child("RequestParameters");
        var parameters = new List<ServiceParameter>();
        foreach (var (name, text) in integration.RequestParameters)
        {
            if (Array.Find(subtype.Parameters, parameter => parameter.Name == name) is not { } parameter)
            {
                var known = string.Join(", ", subtype.Parameters.Select(static parameter => parameter.Name));
                errors.Add(at.Child(name), $"'{subtype.Name}' has no parameter '{name}'. Known: {known}.");
            }
            else if (!MappingExpression.TryParse(text, isResponse: false, out var value, out var error))
            {
                errors.Add(at.Child(name), $"Invalid mapping expression specified: {error}, but the value is '{text}'.");
            }
            else
            {
                parameters.Add(new ServiceParameter(name, parameter.Member, parameter.Kind, parameter.IsRequired, value.Fill(stage.Variables)));
            }
        }

        foreach (var parameter in subtype.Parameters)
        {
            if (parameter.IsRequired && !integration.RequestParameters.ContainsKey(parameter.Name))
            {
                errors.Add(at, $"'{subtype.Name}' needs the parameter '{parameter.Name}'. Add it, such as \"{parameter.Name}\": \"$request.body\".");
            }
        }

        return parameters;
    }

    private AwsServicePlan? CompileCall(ServiceSubtype subtype, string region, TimeSpan timeout)
    {
        if (subtype.Service is not { } service || handlers.FindService(new AwsServiceName(stage.Api.Partition, region, null, service)) is not { } server)
        {
            return null;
        }

        return new AwsServicePlan(timeout)
        {
            Server = server,
            Target = subtype.Target,
            ContentType = subtype.ContentType,
            IsS3 = false,
            Request = new HttpIntegrationPlan(IntegrationKind.Aws, timeout)
            {
                Uri = new UriPlan([UriPart.Literal(server.Address + "/")]),
                Method = HttpMethod.Post,
                IsHttp2 = false,
                InsecureSkipVerification = false,
                IsStreaming = false,
                Headers = new HttpHeaderPlan
                {
                    IsAws = false,
                    AppendForwarded = false,
                    ApiId = stage.Api.Id,
                    UserAgent = $"AmazonAPIGateway_{stage.Api.Id}",
                },
            },
        };
    }
}
