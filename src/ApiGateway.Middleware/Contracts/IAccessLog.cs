namespace ApiGateway.Middleware.Contracts;

/// <summary>Takes the lines of access logs. Thread-safe.</summary>
/// <remarks>The default writes them with <c>ILogger</c> at level Information, category <c>ApiGateway.AccessLog.{API id}.{stage}</c>. Register another one
/// to have them elsewhere. Source: "Set up CloudWatch logging for REST APIs in API Gateway".</remarks>
public interface IAccessLog
{
    /// <summary>Takes a line. Called when the request has been answered; it must neither wait nor throw.</summary>
    /// <param name="stage">The stage that the request came to.</param>
    /// <param name="line">The line, without a line end.</param>
    void Write(AccessLogStage stage, string line);
}
