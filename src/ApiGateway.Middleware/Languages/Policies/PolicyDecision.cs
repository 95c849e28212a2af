namespace ApiGateway.Middleware.Languages.Policies;

/// <summary>What one document says about a request, and which statement said so.</summary>
/// <param name="Outcome">What it says.</param>
/// <param name="Statement">Position of the deciding statement, from 0; −1 if none applies.</param>
/// <param name="Sid">Name of that statement, if it has one. For logs, never for the client.</param>
/// <param name="Match">How closely the statement that allows names the caller.</param>
internal readonly record struct PolicyDecision(PolicyOutcome Outcome, int Statement, string? Sid, PrincipalMatch Match)
{
    /// <summary>No statement applies.</summary>
    public static PolicyDecision Neither { get; } = new(PolicyOutcome.Neither, -1, null, PrincipalMatch.None);
}
