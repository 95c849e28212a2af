using ApiGateway.Middleware.Contracts;
using ApiGateway.Middleware.Definitions;
using ApiGateway.Middleware.Snapshots;

namespace ApiGateway.Middleware.Compilation;

/// <summary>Compiles the integration of a route for one stage.</summary>
internal sealed class IntegrationPlanCompiler(
    ApiDefinition api, RouteSource route, StageSnapshot stage, IntegrationRules rules, HandlerTable handlers, DefinitionErrors errors)
{
    // Stands in for a plan that has errors; the definition is refused as a whole.
    private static readonly IntegrationPlan Refused = new MockIntegrationPlan(TimeSpan.Zero, []);

    /// <summary>Compiles.</summary>
    /// <param name="transformation">How request and answer change on their way, or <see langword="null"/>. A MOCK has one.</param>
    public IntegrationPlan Compile(TransformationPlan? transformation)
    {
        if (route.Integration is not { } integration)
        {
            errors.Add(route.Origin.Child("Integration"), "No integration is defined for the method. Add one, such as { \"Type\": \"MOCK\" }.");
            return Refused;
        }

        var origin = OriginOf(route);
        var timeout = integration.TimeoutInMillis ?? rules.DefaultTimeout;
        if (timeout < IntegrationRules.MinTimeout || timeout > rules.MaxTimeout)
        {
            errors.Add(origin.Child("TimeoutInMillis"), $"must be from {IntegrationRules.MinTimeout} to {rules.MaxTimeout}, but is {timeout}.");
        }

        if (rules.IsHttpApi)
        {
            CheckVersion(integration, origin);
        }

        var limit = TimeSpan.FromMilliseconds(timeout);
        return integration.Type switch
        {
            IntegrationKind.InProcess when rules.IsWebSocketApi => CompileMessageHandler(integration, origin, limit),
            IntegrationKind.InProcess => CompileInProcess(integration, origin, limit),

            // Which template takes a message is not known before it is read.
            IntegrationKind.Mock when rules.IsWebSocketApi => new MockIntegrationPlan(limit, []),
            IntegrationKind.Mock =>
                new MockPlanCompiler(transformation!, stage.Api.BinaryMediaTypes, origin, api.Profile == DefinitionProfile.Exact, errors).Compile(limit),
            IntegrationKind.Http or IntegrationKind.HttpProxy =>
                new HttpPlanCompiler(api, route, integration, origin, stage, rules, handlers, errors).Compile(limit),
            IntegrationKind.AwsProxy when integration.IntegrationSubtype is not null => CompileAction(integration, origin, limit),
            IntegrationKind.AwsProxy =>
                new LambdaPlanCompiler(api, route, integration, origin, stage, rules, handlers, errors).Compile(limit),
            IntegrationKind.Aws =>
                new AwsPlanCompiler(api, route, integration, origin, stage, handlers, errors).Compile(limit),
            _ => throw new InvalidOperationException($"'{integration.Type}' is no kind of integration."),
        };
    }

    /// <summary>Gets where a route's integration was written.</summary>
    public static DefinitionOrigin OriginOf(RouteSource route) => route.Integration?.Origin ?? route.Origin.Child("Integration");

    private IntegrationPlan CompileAction(IntegrationDefinition integration, DefinitionOrigin origin, TimeSpan timeout)
    {
        if (!rules.IsHttpApi)
        {
            errors.Add(origin.Child("IntegrationSubtype"), "Subtypes are for HTTP APIs. Use an integration of type AWS.");
            return Refused;
        }

        return (IntegrationPlan?)new ServiceActionCompiler(integration, origin, stage, handlers, errors).Compile(timeout) ?? Refused;
    }

    private void CheckVersion(IntegrationDefinition integration, DefinitionOrigin origin)
    {
        var isFunction = integration is { Type: IntegrationKind.AwsProxy, IntegrationSubtype: null };
        var at = origin.Child("PayloadFormatVersion");
        if (integration.PayloadFormatVersion is not { } version)
        {
            if (isFunction && api.Profile == DefinitionProfile.Exact)
            {
                errors.Add(at, "An integration with a function needs it: '1.0' or '2.0'.");
            }
        }
        else if (version != "1.0" && !(isFunction && version == "2.0"))
        {
            errors.Add(at, $"must be {(isFunction ? "'1.0' or '2.0'" : "'1.0'")}, but is '{version}'.");
        }
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

    private IntegrationPlan CompileMessageHandler(IntegrationDefinition integration, DefinitionOrigin origin, TimeSpan timeout)
    {
        if (integration.Handler is { } name && handlers.MessageHandlers.TryGetValue(name, out var handler))
        {
            return new MessageHandlerPlan(timeout, handler);
        }

        var known = handlers.MessageHandlers.Count == 0 ? "none" : string.Join(", ", handlers.MessageHandlers.Keys.Order(StringComparer.Ordinal));
        var found = integration.Handler is null ? "but there is none" : $"but is '{integration.Handler}'";
        errors.Add(
            origin.Child("Handler"),
            $"must be the name of a handler of messages, {found}. Register it with AddWebSocketHandler(\"{integration.Handler ?? "name"}\", ...). Known: {known}.");
        return Refused;
    }

    private string Known() => handlers.Names.Any() ? string.Join(", ", handlers.Names.Order(StringComparer.Ordinal)) : "none";
}
