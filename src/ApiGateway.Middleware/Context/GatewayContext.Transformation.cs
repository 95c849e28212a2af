using ApiGateway.Middleware.Languages.Templates.Variables;

namespace ApiGateway.Middleware.Context;

/// <content>What stands between client and integration on routes with mappings; nothing on all others.</content>
internal sealed partial class GatewayContext
{
    private IntegrationRequest? _spareOutgoing;
    private IntegrationAnswer? _spareAnswer;
    private ReplacedParameters? _replaced;

    /// <summary>Gets what the integration is to send, or <see langword="null"/> if that is the client's request as it came.
    /// Written by the transformation step.</summary>
    public IntegrationRequest? Outgoing { get; private set; }

    /// <summary>Gets what the integration has to fill instead of writing to the client, or <see langword="null"/> if it writes to the
    /// client. Written by the transformation step, and by others that need the answer as a whole.</summary>
    public IntegrationAnswer? Answer { get; private set; }

    /// <summary>Gets what the request's templates have overridden, or <see langword="null"/> as long as none has asked.</summary>
    public ContextOverrides? Overrides { get; private set; }

    /// <summary>Gets what the request had before the application's code saw mapped parameters.</summary>
    public ReplacedParameters Replaced => _replaced ??= new();

    /// <summary>Gets or sets the execution log, or <see langword="null"/> if nobody wants one. Written by who runs the steps.</summary>
    public ExecutionTrace? Trace { get; set; }

    public IntegrationRequest BeginOutgoing() => Outgoing ??= _spareOutgoing ??= new();

    public IntegrationAnswer BeginAnswer() => Answer ??= _spareAnswer ??= new();

    /// <summary>Gets the one set of overrides that all templates of the request share.</summary>
    public ContextOverrides BeginOverrides() => Overrides ??= new();

    private void ResetTransformation()
    {
        Outgoing?.Reset();
        Outgoing = null;
        Answer?.Reset();
        Answer = null;
        Overrides = null;
        Trace = null;
    }
}
