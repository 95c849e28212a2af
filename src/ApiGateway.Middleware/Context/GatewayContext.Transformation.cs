using ApiGateway.Middleware.Languages.Templates.Variables;
using ApiGateway.Middleware.Snapshots;
using Microsoft.Extensions.Primitives;

namespace ApiGateway.Middleware.Context;

/// <content>What stands between client and integration on routes with mappings; nothing on all others.</content>
internal sealed partial class GatewayContext
{
    private IntegrationRequest? _spareOutgoing;
    private IntegrationAnswer? _spareAnswer;
    private ReplacedParameters? _replaced;
    private MergedHeaders? _merged;

    /// <summary>Gets what the integration is to send, or <see langword="null"/> if that is the client's request as it came.
    /// Written by the transformation step.</summary>
    public IntegrationRequest? Outgoing { get; private set; }

    /// <summary>Gets what the integration has to fill instead of writing to the client, or <see langword="null"/> if it writes to the
    /// client. Written by the transformation step, and by others that need the answer as a whole.</summary>
    public IntegrationAnswer? Answer { get; private set; }

    /// <summary>Gets or sets what the integration has to change in status and headers once it has written them, or <see langword="null"/>.
    /// Written by the transformation step.</summary>
    public ParameterMappingPlan? HeadMapping { get; set; }

    /// <summary>Gets what the request's templates have overridden, or <see langword="null"/> as long as none has asked.</summary>
    public ContextOverrides? Overrides { get; private set; }

    /// <summary>Gets what the request had before the application's code saw mapped parameters.</summary>
    public ReplacedParameters Replaced => _replaced ??= new();

    /// <summary>Gets the client's headers as mappings have changed them.</summary>
    public ReadOnlySpan<KeyValuePair<string, StringValues>> SentHeaders
    {
        get
        {
            var received = Headers.Of(Http.Request.Headers);
            return Outgoing is { Headers.Count: > 0 } outgoing ? (_merged ??= new()).Of(received, outgoing) : received;
        }
    }

    /// <summary>Gets the client's query as mappings have changed it, with its question mark, or nothing.</summary>
    public ReadOnlySpan<char> SentQuery => Outgoing?.ReplacedQuery is { } replaced ? replaced : Target.Query;

    /// <summary>Gets or sets the execution log, or <see langword="null"/> if nobody wants one. Written by who runs the steps.</summary>
    public ExecutionTrace? Trace { get; set; }

    public IntegrationRequest BeginOutgoing() => Outgoing ??= _spareOutgoing ??= new();

    public IntegrationAnswer BeginAnswer() => Answer ??= _spareAnswer ??= new();

    /// <summary>Gets a header of the client as mappings have changed it.</summary>
    public StringValues SentHeader(string name) =>
        Outgoing is { } outgoing && outgoing.Headers.TryGet(name, out var changed) ? changed : Http.Request.Headers[name];

    /// <summary>Gets the one set of overrides that all templates of the request share.</summary>
    public ContextOverrides BeginOverrides() => Overrides ??= new();

    private void ResetTransformation()
    {
        Outgoing?.Reset();
        Outgoing = null;
        _merged?.Reset();
        Answer?.Reset();
        Answer = null;
        HeadMapping = null;
        Overrides = null;
        Trace = null;
    }
}
