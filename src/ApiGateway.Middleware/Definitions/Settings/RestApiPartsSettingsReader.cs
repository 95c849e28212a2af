using ApiGateway.Middleware.Contracts;

namespace ApiGateway.Middleware.Definitions.Settings;

/// <summary>Reads what methods of an API share: models, validators, authorizers, gateway responses, media types, documentation.</summary>
internal sealed class RestApiPartsSettingsReader(SettingsSection section)
{
    public void Apply(RestApiDefinition api)
    {
        // CloudFormation's name and that of the API itself.
        api.ApiKeySource = ReadKeySource("ApiKeySource") ?? ReadKeySource("ApiKeySourceType") ?? api.ApiKeySource;
        api.MinimumCompressionSize = section.Number("MinimumCompressionSize") ?? api.MinimumCompressionSize;
        api.BrotliCompression = section.Flag("BrotliCompression") ?? api.BrotliCompression;
        api.Policy = section.Json("Policy") ?? api.Policy;
        api.DocumentationVersion = section.Text("DocumentationVersion") ?? api.DocumentationVersion;
        api.Cors = section.Has("Cors") ? new CorsSettingsReader(section.Child("Cors")).Read() : api.Cors;
        section.Map("Extensions", api.Extensions);
        ReadMediaTypes(api);
        foreach (var model in section.Children("Models"))
        {
            if (new ModelSettingsReader(model).Read() is { } read)
            {
                api.Models[read.Name] = read;
            }
        }

        foreach (var validator in section.Children("RequestValidators"))
        {
            api.RequestValidators[validator.Key] = ReadValidator(validator);
        }

        foreach (var response in section.Children("GatewayResponses"))
        {
            if (ReadGatewayResponse(response) is { } read)
            {
                api.GatewayResponses[read.ResponseType] = read;
            }
        }

        foreach (var authorizer in section.Children("Authorizers"))
        {
            api.Authorizers[authorizer.Key] = new AuthorizerSettingsReader(authorizer).Read();
        }

        foreach (var part in section.Children("DocumentationParts"))
        {
            var (location, properties) = (part.Json("Location"), part.Json("Properties"));
            part.RejectUnknown();
            api.DocumentationParts.Add(new DocumentationPartDefinition(location ?? "{}", properties ?? "{}"));
        }
    }

    private ApiKeySource? ReadKeySource(string key) =>
        section.Choice(key, ("HEADER", ApiKeySource.Header), ("AUTHORIZER", ApiKeySource.Authorizer));

    // As an import in mode 'merge' does: added to those of the document.
    private void ReadMediaTypes(RestApiDefinition api)
    {
        var types = new List<string>();
        section.Texts("BinaryMediaTypes", types);
        foreach (var type in types)
        {
            if (!api.BinaryMediaTypes.Contains(type))
            {
                api.BinaryMediaTypes.Add(type);
            }
        }
    }

    private static RequestValidatorDefinition ReadValidator(SettingsSection section)
    {
        var validator = new RequestValidatorDefinition(section.Key)
        {
            Origin = section.Origin,
            ValidateRequestBody = section.Flag("ValidateRequestBody") ?? false,
            ValidateRequestParameters = section.Flag("ValidateRequestParameters") ?? false,
        };
        section.RejectUnknown();
        return validator;
    }

    private static GatewayResponseDefinition? ReadGatewayResponse(SettingsSection section)
    {
        if (!GatewayResponseTypeNames.TryParse(section.Key.ToUpperInvariant(), out var type))
        {
            var known = Enum.GetValues<GatewayResponseType>().Select(static known => known.ToName()).ToList();
            section.Errors.Add(
                section.Origin,
                $"There is no gateway response '{section.Key}'.{NearMiss.Suggest(section.Key, known)} Known: {string.Join(", ", known)}.");
            return null;
        }

        var response = new GatewayResponseDefinition(type) { Origin = section.Origin, StatusCode = section.Number("StatusCode") };
        if (response.StatusCode is < 100 or > 599)
        {
            section.Errors.Add(section.Child("StatusCode").Origin, $"'StatusCode' must be from 100 to 599, but is {response.StatusCode}.");
        }

        section.Map("ResponseParameters", response.ResponseParameters);
        section.Templates("ResponseTemplates", response.ResponseTemplates);
        section.RejectUnknown();
        return response;
    }
}
