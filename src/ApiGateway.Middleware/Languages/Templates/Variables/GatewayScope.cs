using ApiGateway.Middleware.Languages.Values;

namespace ApiGateway.Middleware.Languages.Templates.Variables;

/// <summary>The variables of a mapping template: <c>$input</c>, <c>$context</c>, <c>$stageVariables</c> and <c>$util</c>.</summary>
internal sealed class GatewayScope(InputObject? input, TemplateObject? context, TemplateObject? stageVariables) : TemplateScope
{
    public override bool TryResolve(string name, out Value value)
    {
        value = Value.Of(name switch
        {
            "input" => input,
            "context" => context,
            "stageVariables" => stageVariables,
            "util" => UtilObject.Instance,
            _ => (ValueObject?)null,
        });

        return !value.IsNull;
    }
}
