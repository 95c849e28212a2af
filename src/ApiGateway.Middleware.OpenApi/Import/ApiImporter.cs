using ApiGateway.Middleware.Contracts;
using ApiGateway.Middleware.Definitions;
using ApiGateway.Middleware.OpenApi.Documents;

namespace ApiGateway.Middleware.OpenApi.Import;

/// <summary>Reads what stands at the root of a document.</summary>
internal sealed class ApiImporter(ImportContext context, RestApiDefinition api)
{
    private const int MaxCompressionSize = 10_485_760;

    public void Import()
    {
        ReadInfo();
        ReadCompression();
        context.Texts(context.Root, "x-amazon-apigateway-binary-media-types", api.BinaryMediaTypes);
        ReadKeySource();
        if (context.Object(context.Root, "x-amazon-apigateway-policy") is { } policy)
        {
            api.Policy = JsonText.Write(policy);
        }

        ReadValidators();
        ReadGatewayResponses();
        KeepRest();
    }

    private void ReadInfo()
    {
        if (context.Object(context.Root, "info") is not { } info)
        {
            return;
        }

        api.Version = context.Text(info, "version");
        api.Description = context.Text(info, "description");
        if (api.Description?.Length == 0)
        {
            context.Error(info, "Description cannot be an empty string");
        }

        var rest = DocumentNode.NewObject();
        foreach (var (name, value) in info.Members)
        {
            if (name is not ("version" or "description") && !(name == "title" && value.Text == api.Name))
            {
                rest.With(name, value.Copy());
            }
        }

        if (rest.Members.Count > 0)
        {
            api.Extensions["info"] = JsonText.Write(rest);
        }
    }

    private void ReadCompression()
    {
        const string Name = "x-amazon-apigateway-minimum-compression-size";
        api.MinimumCompressionSize = context.Whole(context.Root, Name);
        if (api.MinimumCompressionSize is < 0 or > MaxCompressionSize)
        {
            context.Error(
                context.Root.Get(Name)!,
                $"Invalid minimum compression size, must be between 0 and {MaxCompressionSize}, but it is {api.MinimumCompressionSize}.");
        }
    }

    private void ReadKeySource()
    {
        const string Name = "x-amazon-apigateway-api-key-source";
        var source = context.Text(context.Root, Name);
        switch (source?.ToUpperInvariant())
        {
            case null or "HEADER":
                break;
            case "AUTHORIZER":
                api.ApiKeySource = ApiKeySource.Authorizer;
                break;
            default:
                context.Error(context.Root.Get(Name)!, $"The source of API keys must be HEADER or AUTHORIZER, but is '{source}'.");
                break;
        }
    }

    private void ReadValidators()
    {
        if (context.Object(context.Root, "x-amazon-apigateway-request-validators") is not { } validators)
        {
            return;
        }

        foreach (var (name, written) in validators.Members)
        {
            if (string.IsNullOrWhiteSpace(name))
            {
                context.Error(written, "Request Validator name cannot be blank");
            }
            else if (context.Object(validators, name) is { } node)
            {
                api.RequestValidators[name] = new RequestValidatorDefinition(name)
                {
                    Origin = context.OriginOf(written),
                    ValidateRequestBody = context.Flag(node, "validateRequestBody") == true,
                    ValidateRequestParameters = context.Flag(node, "validateRequestParameters") == true,
                };
            }
        }
    }

    private void ReadGatewayResponses()
    {
        if (context.Object(context.Root, "x-amazon-apigateway-gateway-responses") is not { } responses)
        {
            return;
        }

        foreach (var (name, written) in responses.Members)
        {
            if (!GatewayResponseTypeNames.TryParse(name.ToUpperInvariant(), out var type))
            {
                context.Error(written, $"There is no gateway response '{name}'. Known: {string.Join(", ", Enum.GetValues<GatewayResponseType>().Select(static known => known.ToName()))}.");
            }
            else if (context.Object(responses, name) is { } node)
            {
                var response = new GatewayResponseDefinition(type) { Origin = context.OriginOf(written), StatusCode = context.Whole(node, "statusCode") };
                if (response.StatusCode is < 100 or > 599)
                {
                    context.Error(node, $"'statusCode' must be from 100 to 599, but is {response.StatusCode}.");
                }

                context.TextMap(node, "responseParameters", response.ResponseParameters);
                context.TextMap(node, "responseTemplates", response.ResponseTemplates);
                api.GatewayResponses[type] = response;
            }
        }
    }

    private void KeepRest()
    {
        foreach (var (name, value) in context.Root.Members)
        {
            switch (name)
            {
                case "x-amazon-apigateway-security-policy" or "x-amazon-apigateway-endpoint-access-mode" or "tags" or "externalDocs":
                    api.Extensions[name] = JsonText.Write(value);
                    break;
                case "x-amazon-apigateway-cors":
                    context.Warn(value, $"'{name}' is for HTTP APIs and left out. Set 'ProtocolType' to HTTP if the document is one of an HTTP API; else use OPTIONS methods, or 'Cors' in code.");
                    break;
                case "x-amazon-apigateway-api-key-source" or "x-amazon-apigateway-binary-media-types" or "x-amazon-apigateway-documentation"
                    or "x-amazon-apigateway-endpoint-configuration" or "x-amazon-apigateway-gateway-responses"
                    or "x-amazon-apigateway-importexport-version" or "x-amazon-apigateway-minimum-compression-size"
                    or "x-amazon-apigateway-policy" or "x-amazon-apigateway-request-validators" or "x-amazon-apigateway-request-validator":
                    break;
                default:
                    if (name.StartsWith(Extensions.Prefix, StringComparison.OrdinalIgnoreCase))
                    {
                        context.Warn(value, $"'{name}' is not known here and left out.");
                    }

                    break;
            }
        }
    }
}
