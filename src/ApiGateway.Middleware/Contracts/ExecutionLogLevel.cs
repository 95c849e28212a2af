namespace ApiGateway.Middleware.Contracts;

/// <summary>What an execution log tells.</summary>
public enum ExecutionLogLevel
{
    /// <summary>Nothing.</summary>
    Off,

    /// <summary>What fails.</summary>
    Error,

    /// <summary>Each step.</summary>
    Info,
}
