using ApiGateway.Middleware.Definitions;
using ApiGateway.Middleware.OpenApi.Documents;

namespace ApiGateway.Middleware.OpenApi.Import;

/// <summary>Makes a method of an operation.</summary>
internal sealed class OperationImporter(
    ImportContext context, RestApiDefinition api, ParameterImporter parameters, ResponseImporter responses, SecurityImporter security,
    IntegrationImporter integrations)
{
    private const string Validator = "x-amazon-apigateway-request-validator";

    public void Import(string httpMethod, string path, DocumentNode pathItem, DocumentNode operation)
    {
        var method = new MethodDefinition(httpMethod, path)
        {
            Origin = context.OriginOf(operation),
            OperationName = context.Text(operation, "operationId"),
            RequestValidatorId = ReadValidator(operation),
        };
        parameters.Import(pathItem, operation, method);
        responses.Import(operation, method);
        security.Apply(operation, method);
        method.Integration = context.Object(operation, IntegrationImporter.Extension) is { } extension
            ? integrations.Import(extension)
            : DefaultIntegration.Create(context, operation, path);
        WarnOfUnknown(operation);
        WarnOfUndeclared(operation, method);
        api.Methods.Add(method);
    }

    private string? ReadValidator(DocumentNode operation)
    {
        var owner = operation.Has(Validator) ? operation : context.Root;
        if (context.Text(owner, Validator) is not { } name)
        {
            return null;
        }

        if (api.RequestValidators.ContainsKey(name))
        {
            return name;
        }

        context.Warn(owner.Get(Validator)!, $"Invalid Request Validator identifier specified: '{name}' is not among x-amazon-apigateway-request-validators; nothing is validated.");
        return null;
    }

    private void WarnOfUnknown(DocumentNode operation)
    {
        foreach (var (name, value) in operation.Members)
        {
            if (name.StartsWith(Extensions.Prefix, StringComparison.OrdinalIgnoreCase)
                && name is not (Validator or IntegrationImporter.Extension or AuthorizerImporter.Auth))
            {
                context.Warn(value, $"'{name}' is not known on an operation and left out.");
            }
        }
    }

    // Amazon API Gateway takes these and fails, or ignores them, when requests come.
    private void WarnOfUndeclared(DocumentNode operation, MethodDefinition method)
    {
        if (method.Integration is not { } integration || operation.Get(IntegrationImporter.Extension) is not { } node)
        {
            return;
        }

        foreach (var (target, expression) in integration.RequestParameters)
        {
            if (expression.StartsWith("method.request.", StringComparison.Ordinal)
                && !expression.StartsWith("method.request.body", StringComparison.Ordinal)
                && !method.RequestParameters.ContainsKey(expression.Replace(".multivalue", ".", StringComparison.Ordinal)))
            {
                context.Warn(node, $"'{target}' takes '{expression}', which is not among the operation's parameters. Declare it.");
            }
        }

        foreach (var response in integration.IntegrationResponses)
        {
            if (!method.MethodResponses.ContainsKey(response.StatusCode))
            {
                context.Warn(
                    node, $"The integration response '{response.SelectionPattern ?? "default"}' gives status {response.StatusCode}, which is not among the operation's responses. Declare it.");
            }
        }
    }
}
