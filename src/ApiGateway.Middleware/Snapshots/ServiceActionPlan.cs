using ApiGateway.Middleware.Contracts;

namespace ApiGateway.Middleware.Snapshots;

/// <summary>An action of an AWS service that an HTTP API calls (<c>AWS_PROXY</c> with a subtype).</summary>
internal sealed class ServiceActionPlan(TimeSpan timeout) : IntegrationPlan(IntegrationKind.Aws, timeout)
{
    public required string Subtype { get; init; }

    public required ServiceParameter[] Parameters { get; init; }

    /// <summary>Gets the region of the API, which the parameter <c>Region</c> can replace.</summary>
    public required string Region { get; init; }

    public required string? CredentialsArn { get; init; }

    /// <summary>Gets what the application has registered for the action, or <see langword="null"/>.</summary>
    public required ServiceAction? Action { get; init; }

    /// <summary>Gets the signed call that is made instead, or <see langword="null"/> if there is none either: every request then fails with 500.</summary>
    public required AwsServicePlan? Call { get; init; }

    /// <summary>Gets the member of the call's JSON that is a list with the parameters as its one item, or <see langword="null"/>.</summary>
    public required string? Wrapper { get; init; }

    /// <summary>Gets whether a value comes from the request's body.</summary>
    public bool ReadsBody => Array.Exists(Parameters, static parameter => parameter.Value.ReadsBody);
}
