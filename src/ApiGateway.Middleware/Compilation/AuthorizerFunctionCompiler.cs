using System.Text.RegularExpressions;
using ApiGateway.Middleware.Contracts;
using ApiGateway.Middleware.Definitions;
using ApiGateway.Middleware.Snapshots;

namespace ApiGateway.Middleware.Compilation;

/// <summary>Finds the function of an authorizer in its address.</summary>
/// <remarks>
/// Written for the managed service, the address is <c>arn:aws:apigateway:{region}:lambda:path/2015-03-31/functions/{function}/invocations</c>;
/// settings and code may give the function alone. What turns out wrong with a stage's variables is a warning, and requests fail with 500.
/// </remarks>
internal sealed partial class AuthorizerFunctionCompiler(
    ApiDefinition api, AuthorizerDefinition authorizer, DefinitionOrigin origin, StageSnapshot stage, HandlerTable handlers,
    DefinitionErrors errors)
{
    private const string Start = "path/2015-03-31/functions/";
    private const string End = "/invocations";
    private const string Form = "'arn:aws:apigateway:{region}:lambda:path/2015-03-31/functions/{function}/invocations'";

    private bool IsExact => api.Profile == DefinitionProfile.Exact;

    public LambdaFunctionName? Compile()
    {
        var at = origin.Child("AuthorizerUri");
        if (string.IsNullOrWhiteSpace(authorizer.AuthorizerUri))
        {
            errors.Add(at, $"An authorizer needs a function, {Form}{(IsExact ? "" : " or its name alone, or a 'Handler' of the application")}.");
            return null;
        }

        return CutFunction(at, authorizer.AuthorizerUri) is { } function ? Resolve(at, function) : null;
    }

    private string? CutFunction(DefinitionOrigin at, string uri)
    {
        var parts = uri.Split(':', 6);
        if (!IsExact && (parts.Length < 3 || parts[0] != "arn" || parts[2] != "apigateway"))
        {
            return uri;
        }

        if (parts.Length == 6 && parts[0] == "arn" && parts[2] == "apigateway" && parts[4] == "lambda"
            && parts[5].Length > Start.Length + End.Length
            && parts[5].StartsWith(Start, StringComparison.Ordinal) && parts[5].EndsWith(End, StringComparison.Ordinal))
        {
            return parts[5][Start.Length..^End.Length];
        }

        errors.Add(at, $"Invalid Authorizer URI: {uri}. Authorizer URI should be a valid API Gateway ARN that represents a Lambda function invocation, {Form}.");
        return null;
    }

    private LambdaFunctionName? Resolve(DefinitionOrigin at, string text)
    {
        var resolved = StageVariable.Replace(text, match => stage.Variables.GetValueOrDefault(match.Groups["name"].Value, ""));
        if (!LambdaFunctionName.TryParse(resolved, out var name))
        {
            // A reference of a CloudFormation template that nobody resolved, as in SAM bodies.
            return Tell(!ReferenceEquals(resolved, text) || (IsExact && text.Contains("${", StringComparison.Ordinal)), $"'{resolved}' is no Lambda function: a name, or an ARN, with or without version or alias");
        }

        var function = name.Within(stage.Api.Partition, stage.Api.Region, stage.Api.AccountId);
        return handlers.CanInvoke(function)
            ? function
            : Tell(
                IsExact, $"'{function}' can be called nowhere: add it with AddLambdaFunction(\"{name.Name}\", ...), or set 'Lambda:Endpoint', or give keys for AWS");

        LambdaFunctionName? Tell(bool isAccepted, string reason)
        {
            if (isAccepted)
            {
                errors.Warn(at, $"In stage '{stage.Name}', {reason}. Requests that need the authorizer will fail with 500.");
            }
            else
            {
                errors.Add(at, $"Invalid Authorizer URI: {reason}.");
            }

            return null;
        }
    }

    [GeneratedRegex(@"\$\{stageVariables\.(?<name>[A-Za-z0-9_]+)\}", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex StageVariable { get; }
}
