using ApiGateway.Middleware.Definitions;
using ApiGateway.Middleware.OpenApi.Import;

namespace ApiGateway.Middleware.OpenApi.Hosting;

/// <summary>Reads the settings of an import: the object <c>Import</c> of an API, with the names of <see cref="OpenApiImportOptions"/>.</summary>
internal static class ImportSettings
{
    private const string Substitutions = "Substitutions:";
    private const string AudienceItem = "Audiences:";

    private const string Known =
        "BasePathMode, FailOnWarnings, IgnoreDocumentation, EndpointConfigurationType, DefaultIntegration, Audiences, Mode, Substitutions, Region, AccountId, Partition";

    public static void Apply(DocumentRequest request, OpenApiImportOptions options, DefinitionErrors errors)
    {
        foreach (var (key, value) in request.Options)
        {
            var origin = request.Origin.Child(key);
            if (key.StartsWith(Substitutions, StringComparison.OrdinalIgnoreCase))
            {
                options.Substitutions[key[Substitutions.Length..]] = value;
                continue;
            }

            if (key.StartsWith(AudienceItem, StringComparison.OrdinalIgnoreCase))
            {
                options.Audiences.Add(value);
                continue;
            }

            switch (key.ToUpperInvariant())
            {
                case "BASEPATHMODE":
                    options.BasePathMode = Choice(value, BasePathMode.Ignore, origin, errors);
                    break;
                case "MODE":
                    options.Mode = Choice(value, ImportMode.Merge, origin, errors);
                    break;
                case "FAILONWARNINGS":
                    options.FailOnWarnings = Flag(value, origin, errors);
                    break;
                case "IGNOREDOCUMENTATION":
                    options.IgnoreDocumentation = Flag(value, origin, errors);
                    break;
                case "ENDPOINTCONFIGURATIONTYPE":
                    options.EndpointConfigurationType = value;
                    break;
                case "DEFAULTINTEGRATION":
                    options.DefaultIntegration = value;
                    break;
                case "AUDIENCES":
                    options.Audiences.Add(value);
                    break;
                case "REGION":
                    options.Region = value;
                    break;
                case "ACCOUNTID":
                    options.AccountId = value;
                    break;
                case "PARTITION":
                    options.Partition = value;
                    break;
                default:
                    errors.Add(origin, $"'{key}' is not known here. Known: {Known}.");
                    break;
            }
        }
    }

    private static bool Flag(string text, DefinitionOrigin origin, DefinitionErrors errors)
    {
        if (!bool.TryParse(text, out var flag))
        {
            errors.Add(origin, $"must be true or false, but is '{text}'.");
        }

        return flag;
    }

    private static TEnum Choice<TEnum>(string text, TEnum fallback, DefinitionOrigin origin, DefinitionErrors errors)
        where TEnum : struct, Enum
    {
        foreach (var value in Enum.GetValues<TEnum>())
        {
            if (text.Equals(value.ToString(), StringComparison.OrdinalIgnoreCase))
            {
                return value;
            }
        }

        errors.Add(origin, $"must be one of {string.Join(", ", Enum.GetNames<TEnum>())}, but is '{text}'.");
        return fallback;
    }
}
