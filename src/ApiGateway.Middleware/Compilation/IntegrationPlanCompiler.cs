using ApiGateway.Middleware.Contracts;
using ApiGateway.Middleware.Definitions;
using ApiGateway.Middleware.Languages.Templates.Variables;
using ApiGateway.Middleware.Snapshots;

namespace ApiGateway.Middleware.Compilation;

/// <summary>Compiles the integration of a method for one stage.</summary>
internal sealed class IntegrationPlanCompiler(
    RestApiDefinition api, MethodDefinition method, DefinitionOrigin methodOrigin, StageSnapshot stage, PathVariable[] variables,
    HandlerTable handlers, TransformationTemplates templates, StageVariablesObject stageVariables, DefinitionErrors errors)
{
    private const int MinTimeout = 50;
    private const int MaxTimeout = 900_000;
    private const int DefaultTimeout = 29_000;

    // Stands in for a plan that has errors; the definition is refused as a whole.
    private static readonly IntegrationPlan Refused = new MockIntegrationPlan(TimeSpan.Zero, []);

    /// <summary>Gets how request and answer change on their way, once the integration is compiled.</summary>
    public TransformationPlan? Transformation { get; private set; }

    public IntegrationPlan Compile()
    {
        if (method.Integration is not { } integration)
        {
            errors.Add(methodOrigin.Child("Integration"), "No integration is defined for the method. Add one, such as { \"Type\": \"MOCK\" }.");
            return Refused;
        }

        var origin = integration.Origin ?? methodOrigin.Child("Integration");
        var timeout = integration.TimeoutInMillis ?? DefaultTimeout;
        if (timeout is < MinTimeout or > MaxTimeout)
        {
            errors.Add(origin.Child("TimeoutInMillis"), $"must be from {MinTimeout} to {MaxTimeout}, but is {timeout}.");
        }

        var limit = TimeSpan.FromMilliseconds(timeout);
        Transformation = new TransformationPlanCompiler(
            api, method, integration, origin, stage, stageVariables, templates, errors).Compile();
        return integration.Type switch
        {
            IntegrationKind.InProcess => CompileInProcess(integration, origin, limit),
            IntegrationKind.Mock =>
                new MockPlanCompiler(Transformation!, stage.Api.BinaryMediaTypes, origin, api.Profile == DefinitionProfile.Exact, errors).Compile(limit),
            IntegrationKind.Http or IntegrationKind.HttpProxy =>
                new HttpPlanCompiler(api, integration, origin, stage, variables, method.AuthorizationType, errors).Compile(limit),
            IntegrationKind.AwsProxy =>
                new LambdaPlanCompiler(api, method, integration, origin, stage, handlers, errors).Compile(limit),
            IntegrationKind.Aws =>
                new AwsPlanCompiler(api, method, integration, origin, stage, variables, handlers, errors).Compile(limit),
            _ => throw new InvalidOperationException($"'{integration.Type}' is no kind of integration."),
        };
    }

    private InProcessIntegrationPlan CompileInProcess(IntegrationDefinition integration, DefinitionOrigin origin, TimeSpan timeout)
    {
        if (integration.Handler is not { } name)
        {
            return new InProcessIntegrationPlan(timeout, null);
        }

        if (!handlers.TryGet(name, out var handler))
        {
            errors.Add(
                origin.Child("Handler"), $"There is no handler '{name}'. Register it with AddHandler(\"{name}\", ...). Known: {Known()}.");
        }

        return new InProcessIntegrationPlan(timeout, handler);
    }

    private string Known() => handlers.Names.Any() ? string.Join(", ", handlers.Names.Order(StringComparer.Ordinal)) : "none";
}
