using ApiGateway.Middleware.Buffers;
using ApiGateway.Middleware.Context;
using ApiGateway.Middleware.Contracts;
using ApiGateway.Middleware.Integrations.Http;
using ApiGateway.Middleware.Integrations.Lambda;
using ApiGateway.Middleware.Responses;
using ApiGateway.Middleware.Snapshots;
using ApiGateway.Middleware.Telemetry;
using Microsoft.Extensions.Logging;

namespace ApiGateway.Middleware.Pipeline.Authorization;

/// <summary>Asks a Lambda function. Source: "Input to an API Gateway Lambda authorizer".</summary>
internal sealed class LambdaAuthorizer(ILambdaInvoker invoker, TimeProvider time, ILogger<LambdaAuthorizer> logger)
{
    private const int Ok = 200;
    private const int ServerError = 500;

    /// <summary>Asks. The event and the answer stay in <paramref name="call"/>.</summary>
    /// <exception cref="OperationCanceledException">Time is up, or the client has left.</exception>
    public async Task<AuthorizerAnswer> AskAsync(
        GatewayContext context, AuthorizationPlan plan, AuthorizerPlan authorizer, string methodArn, AuthorizerCall call, DateTimeOffset deadline,
        CancellationToken token)
    {
        WriteEvent(context, plan, authorizer, methodArn, call.Lambda);
        var invocation = new LambdaInvocation(authorizer.Function!, call.Lambda.Event.WrittenMemory)
        {
            RequestId = context.RequestId,
            TraceId = context.TraceId,
            Deadline = deadline,
        };
        var answer = call.Lambda.Answer;
        LambdaInvocationResult result;
        try
        {
            // A function need not look at its token. Nothing here runs any more once the request has gone on without it.
            var pending = invoker.InvokeAsync(invocation, answer, token).AsTask();
            call.Pending = pending;
            result = await pending.WaitAsync(token);
        }
        catch (BufferLimitException)
        {
            return Malformed(context, authorizer, "it is longer than 8 KB");
        }

        context.AuthorizerStatus = result.StatusCode;
        if (result.FunctionError is not null)
        {
            if (AuthorizerResultReader.IsUnauthorized(answer.WrittenSpan))
            {
                return AuthorizerAnswer.Unauthorized;
            }

            context.AuthorizerStatus = ServerError;
            return Failed(context, authorizer, "the function failed");
        }

        if (!result.IsSuccess)
        {
            Failed(context, authorizer, "the function was not run");
            return result.IsThrottled ? AuthorizerAnswer.Failure : AuthorizerAnswer.ConfigurationError;
        }

        context.AuthorizerStatus = Ok;
        return AuthorizerResultReader.Read(authorizer, answer.WrittenSpan, out var error) ?? Malformed(context, authorizer, error!);
    }

    private void WriteEvent(
        GatewayContext context, AuthorizationPlan plan, AuthorizerPlan authorizer, string methodArn, LambdaCall call)
    {
        switch (authorizer.EventForm)
        {
            case AuthorizerEventForm.Request:
                RestEventWriter.WriteAuthorizer(context, plan.Event!, authorizer.IsAws, methodArn, call, time);
                break;
            case AuthorizerEventForm.Http1:
                HttpAuthorizerEvent.Write(context, plan.Event!, methodArn, IdentityReader.ValuesOf(context, authorizer), call, time);
                break;
            case AuthorizerEventForm.Http2:
                HttpEventWriter.WriteAuthorizer(context, plan.HttpEvent!, methodArn, IdentityReader.ValuesOf(context, authorizer), call, time);
                break;
            case AuthorizerEventForm.Connect:
                MessageEventWriter.WriteAuthorizer(context, plan.MessageEvent!, authorizer.IsAws, methodArn, call, time);
                break;
            default:
                WriteToken(context, authorizer, methodArn, call);
                break;
        }
    }

    private void WriteToken(GatewayContext context, AuthorizerPlan authorizer, string methodArn, LambdaCall call)
    {
        if (authorizer.IsAws)
        {
            context.TraceId ??= TraceId.For(context.Http.Request.Headers[HeaderNames.TraceId], time);
        }

        call.Event.Write("{\"type\":\"TOKEN\",\"authorizationToken\":"u8);
        JsonText.WriteString(call.Event, context.Http.Request.Headers[authorizer.Sources[0].Name].ToString());
        call.Event.Write(",\"methodArn\":"u8);
        JsonText.WriteString(call.Event, methodArn);
        call.Event.WriteByte((byte)'}');
    }

    private AuthorizerAnswer Failed(GatewayContext context, AuthorizerPlan authorizer, string reason)
    {
        context.AuthorizerError = reason;
        Log.AuthorizerFailed(logger, authorizer.Name, reason, context.Route.Key, context.RequestId);
        return AuthorizerAnswer.ConfigurationError;
    }

    private AuthorizerAnswer Malformed(GatewayContext context, AuthorizerPlan authorizer, string reason)
    {
        context.AuthorizerError = reason;
        Log.AuthorizerAnswerMalformed(logger, authorizer.Name, reason, context.Route.Key, context.RequestId);
        return AuthorizerAnswer.ConfigurationError;
    }
}
