using ApiGateway.Middleware.Contracts;
using ApiGateway.Middleware.Definitions;
using ApiGateway.Middleware.Snapshots;

namespace ApiGateway.Middleware.Compilation;

/// <summary>Compiles <c>AWS_PROXY</c> integrations, whose address is that of a Lambda function.</summary>
/// <remarks>
/// Written for the managed service, the address is <c>arn:aws:apigateway:{region}:lambda:path/2015-03-31/functions/{function}/invocations</c>;
/// settings and code may give the function alone. What turns out wrong with a stage's variables is a warning, and requests fail with 500.
/// </remarks>
internal sealed class LambdaPlanCompiler(
    ApiDefinition api, RouteSource route, IntegrationDefinition integration, DefinitionOrigin origin, StageSnapshot stage,
    IntegrationRules rules, HandlerTable handlers, DefinitionErrors errors)
{
    private const string Buffered = "2015-03-31/functions/";
    private const string BufferedEnd = "/invocations";
    private const string Streaming = "2021-11-15/functions/";
    private const string StreamingEnd = "/response-streaming-invocations";
    private const string OnlyFunctions =
        "Integrations of type 'AWS_PROXY' currently only supports Lambda function and Firehose stream invocations.";

    private bool IsExact => api.Profile == DefinitionProfile.Exact;

    public LambdaIntegrationPlan Compile(TimeSpan timeout)
    {
        var format = rules.IsWebSocketApi ? LambdaFormat.Message : !rules.IsHttpApi ? LambdaFormat.Rest : integration.PayloadFormatVersion == "1.0" ? LambdaFormat.Http1 : LambdaFormat.Http2;
        if (rules.IsHttpApi && integration.StreamsResponse)
        {
            errors.Warn(origin.Child("ResponseTransferMode"), "HTTP APIs hold the answers of functions. STREAM has no effect.");
        }

        return new LambdaIntegrationPlan(timeout)
        {
            Function = CompileFunction(),
            IsStreaming = integration.StreamsResponse && format == LambdaFormat.Rest,
            Format = format,
            IsAws = (api.HeaderProfile ?? (IsExact ? HeaderProfile.Aws : HeaderProfile.Plain)) == HeaderProfile.Aws,
            Event = format switch
            {
                LambdaFormat.Rest => LambdaEventCompiler.Compile(route, stage),
                LambdaFormat.Http1 => LambdaEventCompiler.CompileHttpFormat1(route.Key, route.ResourcePath, stage),
                _ => null,
            },
            HttpEvent = format == LambdaFormat.Http2 ? LambdaEventCompiler.CompileHttp(route.Key, stage) : null,
            MessageEvent = format == LambdaFormat.Message ? LambdaEventCompiler.CompileMessage(route.Key, rules.ReadsAnswer, stage) : null,
            BinaryTypes = stage.Api.BinaryMediaTypes,
        };
    }

    /// <summary>Finds the function, or gives <see langword="null"/> if there is none to call.</summary>
    public LambdaFunctionName? CompileFunction()
    {
        var text = CutFunction();
        var function = text is null ? null : Resolve(text);
        return CompileMethod() ? function : null;
    }

    /// <summary>Cuts the function out of the address, stage variables still in it.</summary>
    private string? CutFunction()
    {
        var at = origin.Child("Uri");
        if (string.IsNullOrWhiteSpace(integration.Uri))
        {
            errors.Add(at, "Invalid ARN specified in the request: it is missing. Write 'arn:aws:apigateway:{region}:lambda:path/2015-03-31/functions/{function}/invocations'.");
            return null;
        }

        var uri = integration.Uri;
        var parts = uri.Split(':', 6);
        if (parts.Length < 3 || parts[0] != "arn" || parts[2] != "apigateway")
        {
            if (IsExact && !rules.IsHttpApi)
            {
                errors.Add(at, $"Invalid ARN specified in the request: it must be 'arn:aws:apigateway:...', but is '{uri}'.");
                return null;
            }

            return uri;
        }

        if (parts.Length < 6 || parts[3].Length == 0)
        {
            errors.Add(at, $"Invalid ARN specified in the request: it needs a region and a service, but is '{uri}'.");
            return null;
        }

        var (service, target) = (parts[4], parts[5]);
        if (!target.StartsWith("path/", StringComparison.Ordinal) && !target.StartsWith("action/", StringComparison.Ordinal))
        {
            errors.Add(at, $"AWS ARN for integration must contain path or action, but is '{uri}'.");
            return null;
        }

        return service switch
        {
            "lambda" => CutFunction(at, target),
            "firehose" => Closed(at, "Firehose streams"),
            _ => Refused(at, $"{OnlyFunctions} It is '{uri}'."),
        };
    }

    private string? CutFunction(DefinitionOrigin at, string target)
    {
        var path = target["path/".Length..].TrimStart('/');
        var isStreaming = path.StartsWith(Streaming, StringComparison.Ordinal) && path.EndsWith(StreamingEnd, StringComparison.Ordinal);
        var isBuffered = path.StartsWith(Buffered, StringComparison.Ordinal) && path.EndsWith(BufferedEnd, StringComparison.Ordinal);
        var (start, end) = isStreaming ? (Streaming, StreamingEnd) : (Buffered, BufferedEnd);
        if ((!isStreaming && !isBuffered) || path.Length <= start.Length + end.Length)
        {
            return Refused(at, $"{OnlyFunctions} A function's path is '{Buffered}{{function}}{BufferedEnd}', but it is '{path}'.");
        }

        if (isStreaming != integration.StreamsResponse && integration.Type == IntegrationKind.AwsProxy)
        {
            errors.Warn(
                at, $"The path '{path}' and the response transfer mode {(integration.StreamsResponse ? "STREAM" : "BUFFERED")} contradict each other; the mode counts.");
        }

        return path[start.Length..^end.Length];
    }

    private LambdaFunctionName? Resolve(string text)
    {
        var at = origin.Child("Uri");
        var resolved = StageVariableText.Fill(text, stage.Variables, out var missing);
        if (rules.IsHttpApi && missing is not null)
        {
            return Invalid(isAccepted: true, $"there is no variable '{missing}', of which the function's name is made");
        }

        if (!LambdaFunctionName.TryParse(resolved, out var name))
        {
            // A reference of a CloudFormation template that nobody resolved, as in SAM bodies.
            return Invalid(!ReferenceEquals(resolved, text) || (IsExact && text.Contains("${", StringComparison.Ordinal)), $"'{resolved}' is no Lambda function: a name, or an ARN, with or without version or alias");
        }

        var function = name.Within(stage.Api.Partition, stage.Api.Region, stage.Api.AccountId);
        return handlers.CanInvoke(function)
            ? function
            : Invalid(
                IsExact, $"'{function}' can be called nowhere: add it with AddLambdaFunction(\"{name.Name}\", ...), or set 'Lambda:Endpoint', or give keys for AWS");

        LambdaFunctionName? Invalid(bool isAccepted, string reason)
        {
            if (isAccepted)
            {
                errors.Warn(at, $"In stage '{stage.Name}', {reason}. Requests will fail with 500.");
            }
            else
            {
                errors.Add(at, $"Invalid ARN specified in the request: {reason}.");
            }

            return null;
        }
    }

    private bool CompileMethod()
    {
        if (rules.IsHttpApi)
        {
            return true;
        }

        var at = origin.Child("IntegrationHttpMethod");
        switch (integration.IntegrationHttpMethod)
        {
            case "POST":
                return true;
            case null when !IsExact:
                return true;
            case null:
                errors.Add(at, "Enumeration value for HttpMethod must be non-empty");
                return false;
            case { } other when IsExact:
                errors.Warn(at, $"Lambda functions are called with POST, but the method is '{other}'. Requests will fail with 500.");
                return false;
            case { } other:
                errors.Add(at, $"must be POST, because Lambda functions are called with it, but is '{other}'. Leave it out.");
                return false;
        }
    }

    private string? Closed(DefinitionOrigin at, string feature)
    {
        if (IsExact)
        {
            errors.Warn(at, $"'{route.Key}' needs {feature}, not in force in this version. Requests to it will fail with 500.");
        }
        else
        {
            errors.Add(at, $"'{route.Key}' needs {feature}, not in force in this version. Remove it.");
        }

        return null;
    }

    private string? Refused(DefinitionOrigin at, string message)
    {
        errors.Add(at, message);
        return null;
    }
}
