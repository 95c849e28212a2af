using ApiGateway.Middleware.Context;
using ApiGateway.Middleware.Languages.Expressions;
using ApiGateway.Middleware.Languages.Templates;

namespace ApiGateway.Middleware.Responses;

/// <summary>What customized answers can say of their request.</summary>
internal sealed class RefusalVariables(GatewayContext context) : SubstitutionSource
{
    public override string? Find(SubstitutionKind kind, string name) => kind switch
    {
        SubstitutionKind.Context => ContextVariables.Find(context, name),
        SubstitutionKind.StageVariable => StageVariable(name),
        SubstitutionKind.Header => RequestParameters.LastHeader(context, name),
        SubstitutionKind.QueryString => RequestParameters.LastQuery(context, name),
        SubstitutionKind.Path => RequestParameters.Path(context, name),
        _ => null,
    };

    /// <summary>Finds the value of a header of the answer, or <see langword="null"/>.</summary>
    public string? Find(ParameterExpression expression) => expression.Kind switch
    {
        ParameterKind.Static => expression.Name,
        ParameterKind.Context => Find(SubstitutionKind.Context, expression.Name),
        ParameterKind.StageVariable => Find(SubstitutionKind.StageVariable, expression.Name),
        ParameterKind.Header => Find(SubstitutionKind.Header, expression.Name),
        ParameterKind.QueryString => Find(SubstitutionKind.QueryString, expression.Name),
        ParameterKind.PathParameter => Find(SubstitutionKind.Path, expression.Name),
        _ => null,
    };

    // From what the entry found: the first step can refuse before the stage step has run.
    private string? StageVariable(string name) => context.Selection.Stage?.Variables.GetValueOrDefault(name);
}
