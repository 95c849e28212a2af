using System.Text.RegularExpressions;
using ApiGateway.Middleware.Contracts;
using ApiGateway.Middleware.Languages.Policies;

namespace ApiGateway.Middleware.Snapshots;

/// <summary>A function or handler that decides who may call, in one stage.</summary>
internal sealed class AuthorizerPlan
{
    public required string Name { get; init; }

    /// <summary>Gets what it gets.</summary>
    public required AuthorizerEventForm EventForm { get; init; }

    /// <summary>Gets what it answers.</summary>
    public AuthorizerAnswerForm AnswerForm { get; init; }

    /// <summary>Gets how policies that it answers are read.</summary>
    public PolicyOptions PolicyOptions { get; init; } = PolicyOptions.Default;

    /// <summary>Gets whether it gets the token alone, not the whole request.</summary>
    public bool IsToken => EventForm == AuthorizerEventForm.Token;

    /// <summary>Gets how long it may take.</summary>
    public TimeSpan Timeout { get; init; } = ManagedLimits.AuthorizerTimeout;

    public required IdentitySource[] Sources { get; init; }

    /// <summary>Gets what a token must match as a whole, or <see langword="null"/>.</summary>
    public Regex? Validation { get; init; }

    /// <summary>Gets how long results are remembered; zero for not at all.</summary>
    public required TimeSpan Lifetime { get; init; }

    /// <summary>Gets what the keys of its results begin with: another API, stage or definition of the authorizer never shares one.</summary>
    public required byte[] KeyPrefix { get; init; }

    /// <summary>Gets the function, or <see langword="null"/>.</summary>
    public LambdaFunctionName? Function { get; init; }

    /// <summary>Gets the handler, or <see langword="null"/>. With neither, every request is refused.</summary>
    public GatewayAuthorizer? Handler { get; init; }

    /// <summary>Gets whether headers follow Amazon API Gateway (trace id) or plain HTTP proxies.</summary>
    public bool IsAws { get; init; }
}
