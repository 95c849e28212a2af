namespace ApiGateway.Middleware.Snapshots;

/// <summary>A backend address in which only path variables are left to fill in; scheme, host and port are fixed.</summary>
internal sealed class UriPlan
{
    /// <summary>Keeps percent-encoding as it is; the parts were checked when the plan was made and the request parsed.</summary>
    public static readonly UriCreationOptions AsWritten = new() { DangerousDisablePathAndQueryCanonicalization = true };

    /// <summary>Initializes a new instance of the <see cref="UriPlan"/> class.</summary>
    /// <param name="parts">Text and path variables in turn; the first begins with scheme and authority.</param>
    public UriPlan(UriPart[] parts)
    {
        Parts = parts;
        HasQuery = parts.Any(static part => part.Text.Contains('?', StringComparison.Ordinal));
        Fixed = parts is [{ Variable: < 0, Parameter: null, IsRequestPath: false } only] ? new Uri(only.Text, AsWritten) : null;
    }

    public UriPart[] Parts { get; }

    /// <summary>Gets whether the definition's address has a query of its own.</summary>
    public bool HasQuery { get; }

    /// <summary>Gets the whole address if there is nothing to fill in.</summary>
    public Uri? Fixed { get; }
}
