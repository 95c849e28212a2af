using System.Diagnostics.CodeAnalysis;
using ApiGateway.Middleware.Context;
using ApiGateway.Middleware.Contracts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace ApiGateway.Middleware.Pipeline;

/// <summary>Chooses the steps of the gateway and puts middleware of your own between them.</summary>
/// <remarks>Such middleware is ordinary ASP.NET Core middleware. It reads the gateway's state through <see cref="IGatewayFeature"/>.</remarks>
public sealed class GatewayPipelineBuilder
{
    private const DynamicallyAccessedMemberTypes MiddlewareMembers =
        DynamicallyAccessedMemberTypes.PublicConstructors | DynamicallyAccessedMemberTypes.PublicMethods;

    private readonly IApplicationBuilder _app;
    private readonly List<Insertion> _insertions = [];
    private GatewayStep[] _steps = GatewayPipeline.Steps;

    internal GatewayPipelineBuilder(IApplicationBuilder app) => _app = app;

    /// <summary>Puts a middleware before a step. Several before the same step run in the order of the calls.</summary>
    /// <param name="step">The step.</param>
    /// <param name="configure">Adds middleware to a branch, for example with <c>UseMiddleware</c> or <c>Use</c>.</param>
    /// <returns>The same builder.</returns>
    public GatewayPipelineBuilder InsertBefore(GatewayStep step, Action<IApplicationBuilder> configure) => Insert(step, configure, isBefore: true);

    /// <summary>Puts a middleware class before a step.</summary>
    /// <typeparam name="TMiddleware">The class, by convention or an <see cref="IMiddleware"/>.</typeparam>
    /// <param name="step">The step.</param>
    /// <returns>The same builder.</returns>
    public GatewayPipelineBuilder InsertBefore<[DynamicallyAccessedMembers(MiddlewareMembers)] TMiddleware>(GatewayStep step) =>
        InsertBefore(step, static app => app.UseMiddleware<TMiddleware>());

    /// <summary>Puts a middleware after a step, between it and whatever follows. Several after the same step run in the order of the calls.</summary>
    /// <param name="step">The step; not <see cref="GatewayStep.Integration"/>, which is the last.</param>
    /// <param name="configure">Adds middleware to a branch, for example with <c>UseMiddleware</c> or <c>Use</c>.</param>
    /// <returns>The same builder.</returns>
    public GatewayPipelineBuilder InsertAfter(GatewayStep step, Action<IApplicationBuilder> configure)
    {
        if (step == GatewayStep.Integration)
        {
            throw new ArgumentException("Nothing follows the integration. Use InsertBefore and act after 'next' has returned.", nameof(step));
        }

        return Insert(step, configure, isBefore: false);
    }

    /// <summary>Puts a middleware class after a step.</summary>
    /// <typeparam name="TMiddleware">The class, by convention or an <see cref="IMiddleware"/>.</typeparam>
    /// <param name="step">The step; not <see cref="GatewayStep.Integration"/>, which is the last.</param>
    /// <returns>The same builder.</returns>
    public GatewayPipelineBuilder InsertAfter<[DynamicallyAccessedMembers(MiddlewareMembers)] TMiddleware>(GatewayStep step) =>
        InsertAfter(step, static app => app.UseMiddleware<TMiddleware>());

    /// <summary>Chooses which steps run. A step that is left out does not guard anything: what a definition asks of it has no effect.</summary>
    /// <param name="steps">The steps, in the order of <see cref="GatewayStep"/>.</param>
    /// <returns>The same builder.</returns>
    public GatewayPipelineBuilder UseSteps(params ReadOnlySpan<GatewayStep> steps)
    {
        _steps = steps.ToArray();
        return this;
    }

    /// <exception cref="InvalidOperationException">The steps cannot work in this order.</exception>
    internal void CheckOrder()
    {
        for (var i = 0; i < _steps.Length; i++)
        {
            if (!GatewayPipeline.Steps.Contains(_steps[i]))
            {
                throw new InvalidOperationException($"'{_steps[i]}' is no step of the gateway. Steps: {string.Join(", ", GatewayPipeline.Steps)}.");
            }

            if (i > 0 && Array.IndexOf(GatewayPipeline.Steps, _steps[i]) <= Array.IndexOf(GatewayPipeline.Steps, _steps[i - 1]))
            {
                throw new InvalidOperationException($"Step '{_steps[i]}' must not come after step '{_steps[i - 1]}'. Order: {string.Join(", ", GatewayPipeline.Steps)}.");
            }
        }

        foreach (var step in GatewayPipeline.Required)
        {
            if (!_steps.Contains(step))
            {
                throw new InvalidOperationException($"Step '{step}' is missing. The gateway cannot work without it.");
            }
        }

        foreach (var insertion in _insertions)
        {
            if (!_steps.Contains(insertion.Step))
            {
                throw new InvalidOperationException($"A middleware was inserted beside step '{insertion.Step}', which is not among the steps.");
            }
        }
    }

    internal GatewayDelegate Build()
    {
        GatewayDelegate chain = static _ => Task.CompletedTask;
        for (var i = _steps.Length - 1; i >= 0; i--)
        {
            var step = _steps[i];
            chain = Wrap(chain, step, isBefore: false);
            chain = GatewayPipeline.Create(step, chain, _app.ApplicationServices);
            chain = Wrap(chain, step, isBefore: true);
        }

        return chain;
    }

    private GatewayDelegate Wrap(GatewayDelegate next, GatewayStep step, bool isBefore)
    {
        for (var i = _insertions.Count - 1; i >= 0; i--)
        {
            if (_insertions[i].Step == step && _insertions[i].IsBefore == isBefore)
            {
                next = Adapt(_insertions[i].Configure, next);
            }
        }

        return next;
    }

    // Into ordinary middleware, and back to the typed chain when it calls next.
    private GatewayDelegate Adapt(Action<IApplicationBuilder> configure, GatewayDelegate next)
    {
        var branch = _app.New();
        configure(branch);
        branch.Run(http => next(GatewayContext.Of(http)));
        var middleware = branch.Build();
        return context => middleware(context.Http);
    }

    private GatewayPipelineBuilder Insert(GatewayStep step, Action<IApplicationBuilder> configure, bool isBefore)
    {
        ArgumentNullException.ThrowIfNull(configure);
        _insertions.Add(new Insertion(step, isBefore, configure));
        return this;
    }

    private sealed record Insertion(GatewayStep Step, bool IsBefore, Action<IApplicationBuilder> Configure);
}
