using ApiGateway.Middleware.Context;
using ApiGateway.Middleware.Languages.Templates;
using ApiGateway.Middleware.Languages.Templates.Variables;
using ApiGateway.Middleware.Languages.Values;
using ApiGateway.Middleware.Snapshots;

namespace ApiGateway.Middleware.Pipeline.Transformation;

/// <summary>The variables of a request's templates, made when a template first asks.</summary>
internal sealed class TransformationScope(GatewayContext context, TransformationPlan plan, JsonBody body) : TemplateScope
{
    public override bool TryResolve(string name, out Value value)
    {
        value = Value.Of(name switch
        {
            "input" => new InputObject(body, new TemplateParameters(context)),
            "context" => new ContextObject(new ContextValues(context), context.BeginOverrides()),
            "stageVariables" => plan.StageVariables,
            "util" => UtilObject.Instance,
            _ => (ValueObject?)null,
        });

        return !value.IsNull;
    }
}
