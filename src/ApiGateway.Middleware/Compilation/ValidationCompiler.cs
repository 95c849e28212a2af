using ApiGateway.Middleware.Contracts;
using ApiGateway.Middleware.Definitions;
using ApiGateway.Middleware.Snapshots;

namespace ApiGateway.Middleware.Compilation;

/// <summary>Compiles what is validated of an API's requests: once per method, whatever the number of stages.</summary>
/// <remarks>Source: "Request validation for REST APIs in API Gateway".</remarks>
internal sealed class ValidationCompiler(RestApiDefinition api, DefinitionOrigin origin, DefinitionErrors errors)
{
    private const string Default = "$default";
    private const string Json = "application/json";
    private const string Reasons = "validationErrorString";

    private readonly ValidationSchemaCompiler _schemas = new(api, api.Models, origin, errors);
    private readonly Dictionary<MethodDefinition, ValidationPlan?> _plans = [];
    private readonly bool _explains = api.GatewayResponses.Values.Any(ShowsReasons);

    private bool IsExact => api.Profile == DefinitionProfile.Exact;

    /// <summary>Makes a method's plan, or <see langword="null"/> if nothing of it is validated.</summary>
    public ValidationPlan? Compile(MethodDefinition method, DefinitionOrigin methodOrigin, PathVariable[] variables)
    {
        if (!_plans.TryGetValue(method, out var plan))
        {
            _plans[method] = plan = CompileNew(method, methodOrigin, variables);
        }

        return plan;
    }

    private ValidationPlan? CompileNew(MethodDefinition method, DefinitionOrigin methodOrigin, PathVariable[] variables)
    {
        var parameters = new ValidationParameterCompiler(method, methodOrigin, IsExact, errors).Compile(variables);
        if (method.RequestValidatorId is not { } id)
        {
            return null;
        }

        if (!api.RequestValidators.TryGetValue(id, out var validator))
        {
            var known = api.RequestValidators.Count == 0 ? "The API has none" : $"Known: {string.Join(", ", api.RequestValidators.Keys.Order(StringComparer.Ordinal))}";
            Report(
                methodOrigin.Child("RequestValidatorId"), $"Invalid Request Validator identifier specified: '{id}' is not among the API's request validators. {known}.",
                "Nothing is validated.");
            return null;
        }

        var required = validator.ValidateRequestParameters ? parameters.Required : [];
        foreach (var name in validator.ValidateRequestParameters ? parameters.AlwaysMissing : [])
        {
            errors.Warn(
                methodOrigin, $"The path parameter '{name}' is required, but the path has no '{{{name}}}', so that every request is refused. Add it to the path, or remove the parameter.");
        }

        var models = validator.ValidateRequestBody ? CompileModels(method, methodOrigin.Child("RequestModels")) : null;
        return required.Length == 0 && models is null ? null : new ValidationPlan(required, models, _explains);
    }

    private ValidationModels? CompileModels(MethodDefinition method, DefinitionOrigin modelsOrigin)
    {
        if (method.RequestModels.Count == 0)
        {
            return new ValidationModels([new(Json, _schemas.Empty)], [], null);
        }

        var exact = new Dictionary<string, ValidationModel?>(StringComparer.OrdinalIgnoreCase);
        var ranges = new Dictionary<string, ValidationModel?>(StringComparer.OrdinalIgnoreCase);
        ValidationModel? other = null;
        foreach (var (key, name) in method.RequestModels)
        {
            var type = WithoutParameters(key);
            var model = ModelFor(type, name, modelsOrigin.Child(key));
            if (type == Default || (type == "*/*" && !IsExact))
            {
                other = type == Default ? model : other ?? model;
            }
            else if (type.Count(static c => c == '*') == 1 && !IsExact)
            {
                ranges[type] = model;
            }
            else
            {
                exact[type] = model;
            }
        }

        return other is null && exact.Values.All(static model => model is null) && ranges.Values.All(static model => model is null)
            ? null
            : new ValidationModels([.. exact], [.. ranges.OrderByDescending(static range => range.Key.Length)], other);
    }

    private ValidationModel? ModelFor(string type, string name, DefinitionOrigin modelOrigin)
    {
        if (!_schemas.Contains(name))
        {
            Report(
                modelOrigin, $"Invalid model identifier specified: {name}. The API has no such model.", "Bodies of this type are not validated.");
            return null;
        }

        // Only JSON can match a JSON schema.
        return IsJson(type) || type is Default or "*/*" ? _schemas.Find(name) : null;
    }

    private void Report(DefinitionOrigin at, string message, string consequence)
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

    internal static bool IsJson(string mediaType)
    {
        var type = WithoutParameters(mediaType);
        return type.EndsWith("/json", StringComparison.OrdinalIgnoreCase) || type.EndsWith("+json", StringComparison.OrdinalIgnoreCase);
    }

    private static string WithoutParameters(string mediaType) => mediaType.Split(';')[0].Trim();

    private static bool ShowsReasons(GatewayResponseDefinition response) =>
        response.ResponseType is GatewayResponseType.BadRequestBody or GatewayResponseType.Default4xx
        && response.ResponseTemplates.Values.Concat(response.ResponseParameters.Values)
            .Any(static text => text.Contains(Reasons, StringComparison.Ordinal));
}
