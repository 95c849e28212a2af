using System.Collections.Frozen;

namespace ApiGateway.Middleware.Snapshots;

/// <summary>A stage of an API as requests see it: everything below is compiled with this stage's variables.</summary>
internal sealed class StageSnapshot(ApiSnapshot api, string name, FrozenDictionary<string, string> variables)
{
    /// <summary>The name of the stage that HTTP APIs serve from the root.</summary>
    public const string Default = "$default";

    public ApiSnapshot Api { get; } = api;

    public string Name { get; } = name;

    public FrozenDictionary<string, string> Variables { get; } = variables;

    /// <summary>Gets what is written of each request, or <see langword="null"/>: nothing.</summary>
    public AccessLogPlan? AccessLog { get; init; }

    /// <summary>Gets or sets the stage's methods. Set once, by the compiler, because routes point back to their stage.</summary>
    public RouteTable Routes { get; set; } = RouteTable.Empty;

    /// <summary>Gets or sets the routes of messages, or <see langword="null"/> if connections are not opened. Set once, by the compiler.</summary>
    public MessageTable? Messages { get; set; }
}
