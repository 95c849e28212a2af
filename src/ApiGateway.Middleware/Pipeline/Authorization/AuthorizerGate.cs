using ApiGateway.Middleware.Context;
using ApiGateway.Middleware.Snapshots;
using ApiGateway.Middleware.State;
using ApiGateway.Middleware.Telemetry;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.ObjectPool;

namespace ApiGateway.Middleware.Pipeline.Authorization;

/// <summary>Finds what an authorizer says of a request: remembered, asked for by another request already, or asked for now.</summary>
internal sealed class AuthorizerGate(
    LambdaAuthorizer functions, HandlerAuthorizer handlers, AuthorizerResults results, TimeProvider time, ILogger<AuthorizerGate> logger)
{
    private const int RetainedCalls = 256;

    private readonly ObjectPool<AuthorizerCall> _calls = new DefaultObjectPool<AuthorizerCall>(new Policy(), RetainedCalls);

    /// <summary>Gives the answer at once if it is remembered, or if there is nothing to ask for: without allocating.</summary>
    /// <param name="context">The request.</param>
    /// <param name="plan">The route's plan, which has an authorizer.</param>
    /// <param name="answer">The answer.</param>
    /// <param name="key">Under what it is remembered; for <see cref="AskAsync"/>.</param>
    public bool TryAnswer(GatewayContext context, AuthorizationPlan plan, out AuthorizerAnswer? answer, out ResultKey key)
    {
        key = default;
        var authorizer = plan.Authorizer!;
        if (authorizer.Function is null && authorizer.Handler is null)
        {
            answer = AuthorizerAnswer.ConfigurationError;
            return true;
        }

        var call = _calls.Get();
        var hasIdentity = IdentityReader.TryRead(context, authorizer, call.Identity);
        if (hasIdentity && authorizer.Lifetime > TimeSpan.Zero)
        {
            key = ResultKey.Of(call.Identity.WrittenSpan);
        }

        _calls.Return(call);
        if (!hasIdentity)
        {
            answer = AuthorizerAnswer.Unauthorized;
            return true;
        }

        answer = null;
        return authorizer.Lifetime > TimeSpan.Zero && ResultsOf(context).Answers.TryGet(key, out answer);
    }

    /// <summary>Asks the authorizer, or waits for a request that is asking it for the same.</summary>
    /// <exception cref="OperationCanceledException">The client has left.</exception>
    public Task<AuthorizerAnswer> AskAsync(GatewayContext context, AuthorizationPlan plan, string methodArn, ResultKey key) =>
        plan.Authorizer!.Lifetime > TimeSpan.Zero ? ShareAsync(context, plan, methodArn, key) : CallAsync(context, plan, methodArn);

    private StageResults ResultsOf(GatewayContext context) => results.Of(context.Api.Id, context.Stage.Name);

    private async Task<AuthorizerAnswer> ShareAsync(GatewayContext context, AuthorizationPlan plan, string methodArn, ResultKey key)
    {
        var stage = ResultsOf(context);
        while (true)
        {
            var own = new TaskCompletionSource<AuthorizerAnswer?>(TaskCreationOptions.RunContinuationsAsynchronously);
            var flight = stage.Join(key, own);
            if (!ReferenceEquals(flight, own))
            {
                if (await flight.Task.WaitAsync(context.Http.RequestAborted) is { } shared)
                {
                    return shared;
                }

                // The client of the request that asked has left: one of those that wait asks in its place.
                continue;
            }

            AuthorizerAnswer? answer = null;
            try
            {
                // Another request may have ended between the look-up and here.
                if (stage.Answers.TryGet(key, out answer))
                {
                    return answer;
                }

                answer = await CallAsync(context, plan, methodArn);
                if (answer.Refusal is null && LifetimeOf(plan.Authorizer!, answer) is var lifetime && lifetime > TimeSpan.Zero)
                {
                    stage.Answers.Set(key, answer, lifetime);
                }

                return answer;
            }
            finally
            {
                stage.Leave(key);
                own.SetResult(answer);
            }
        }
    }

    private async Task<AuthorizerAnswer> CallAsync(GatewayContext context, AuthorizationPlan plan, string methodArn)
    {
        var authorizer = plan.Authorizer!;
        var startedAt = time.GetTimestamp();
        var token = context.Timeout.Arm(authorizer.Timeout, time, context.Http.RequestAborted);
        var call = authorizer.Handler is null ? _calls.Get() : null;
        try
        {
            return await (call is null
                ? handlers.AskAsync(context, authorizer, methodArn, token)
                : functions.AskAsync(context, plan, authorizer, methodArn, call, time.GetUtcNow() + authorizer.Timeout, token));
        }
        catch (OperationCanceledException) when (context.Http.RequestAborted.IsCancellationRequested)
        {
            throw;
        }
        catch (Exception exception)
        {
            return Fail(context, authorizer, exception);
        }
        finally
        {
            if (call is { IsFree: true })
            {
                _calls.Return(call);
            }

            context.AuthorizerLatency = (long)time.GetElapsedTime(startedAt).TotalMilliseconds;

            // The integration starts a clock of its own.
            context.Timeout.Reset();
        }
    }

    private AuthorizerAnswer Fail(GatewayContext context, AuthorizerPlan authorizer, Exception exception)
    {
        if (context.Timeout.IsTimeUp)
        {
            context.AuthorizerError = "it did not answer in time";
            Log.AuthorizerFailed(logger, authorizer.Name, context.AuthorizerError, context.Route.Key, context.RequestId);
        }
        else
        {
            context.AuthorizerError = "it threw an exception, or could not be reached";
            Log.AuthorizerThrew(logger, exception, authorizer.Name, context.Route.Key, context.RequestId);
        }

        return AuthorizerAnswer.ConfigurationError;
    }

    private static TimeSpan LifetimeOf(AuthorizerPlan plan, AuthorizerAnswer answer) =>
        answer.Lifetime is { } shorter && shorter < plan.Lifetime ? shorter : plan.Lifetime;

    private sealed class Policy : PooledObjectPolicy<AuthorizerCall>
    {
        public override AuthorizerCall Create() => new();

        public override bool Return(AuthorizerCall obj)
        {
            obj.Reset();
            return true;
        }
    }
}
