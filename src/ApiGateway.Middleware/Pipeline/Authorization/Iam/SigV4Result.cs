using ApiGateway.Middleware.Contracts;
using ApiGateway.Middleware.Responses;

namespace ApiGateway.Middleware.Pipeline.Authorization.Iam;

/// <summary>Who signed the request, or why it is refused. The default value refuses without saying why.</summary>
internal readonly struct SigV4Result
{
    private readonly GatewayRefusal? _refusal;

    public SigV4Result(SigV4Credential credential) => Credential = credential;

    public SigV4Result(GatewayRefusal refusal, Exception? fault = null)
    {
        _refusal = refusal;
        Fault = fault;
    }

    /// <summary>Gets the caller, or <see langword="null"/> if the request is refused.</summary>
    public SigV4Credential? Credential { get; }

    /// <summary>Gets the answer to a request that is refused.</summary>
    public GatewayRefusal? Refusal => Credential is null ? _refusal ?? GatewayRefusal.UnrecognizedClient : null;

    /// <summary>Gets what the credential store threw, for the log.</summary>
    public Exception? Fault { get; }
}
