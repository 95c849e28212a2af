using System.Runtime.InteropServices;

namespace ApiGateway.Middleware.Integrations.Lambda;

/// <summary>A parameter of a query: where its name and value are in the decoded text, and the next one of the same name.</summary>
[StructLayout(LayoutKind.Auto)]
internal struct QueryEntry
{
    public required int Start { get; init; }

    public required int Middle { get; init; }

    public required int End { get; init; }

    /// <summary>Gets or sets the next parameter of the same name, or -1.</summary>
    public required int Next { get; set; }

    /// <summary>Gets or sets the last parameter of the same name; kept up to date on the first only.</summary>
    public required int Last { get; set; }

    public required bool IsFirst { get; set; }
}
