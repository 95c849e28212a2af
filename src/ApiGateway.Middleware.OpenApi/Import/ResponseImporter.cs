using ApiGateway.Middleware.Definitions;
using ApiGateway.Middleware.OpenApi.Documents;

namespace ApiGateway.Middleware.OpenApi.Import;

/// <summary>Reads the responses of an operation.</summary>
internal sealed class ResponseImporter(ImportContext context, ParameterImporter bodies)
{
    public void Import(DocumentNode operation, MethodDefinition method)
    {
        if (context.Object(operation, "responses") is not { } responses)
        {
            return;
        }

        foreach (var (status, written) in responses.Members)
        {
            if (status.StartsWith("x-", StringComparison.Ordinal))
            {
                continue;
            }

            if (status is not [>= '1' and <= '5', >= '0' and <= '9', >= '0' and <= '9'])
            {
                context.Warn(written, $"A response has a status from 100 to 599; '{status}' is left out.");
            }
            else if (context.Object(responses, status) is { } node)
            {
                method.MethodResponses[status] = Read(status, written, node, operation);
            }
        }
    }

    /// <summary>Gets what an export writes for a response without a description.</summary>
    public static string DefaultDescription(string status) => $"{status} response";

    private MethodResponseDefinition Read(string status, DocumentNode written, DocumentNode node, DocumentNode operation)
    {
        var description = context.Text(node, "description");
        var response = new MethodResponseDefinition(status)
        {
            Origin = context.OriginOf(written),
            Description = description == DefaultDescription(status) ? null : description,
        };
        foreach (var (header, _) in context.Object(node, "headers")?.Members ?? [])
        {
            response.ResponseParameters[$"method.response.header.{header}"] = false;
        }

        if (context.IsSwagger)
        {
            bodies.AddModel(operation, "produces", node, response.ResponseModels);
        }
        else
        {
            bodies.AddModels(context.Object(node, "content"), response.ResponseModels);
        }

        return response;
    }
}
