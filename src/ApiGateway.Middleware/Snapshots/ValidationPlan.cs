namespace ApiGateway.Middleware.Snapshots;

/// <summary>What is validated of the requests of a route; there is no plan where that is nothing.</summary>
/// <param name="parameters">The required parameters, in the order in which missing ones are told; empty if they are not validated.</param>
/// <param name="models">The models of the body, or <see langword="null"/> if it is not validated.</param>
/// <param name="explains">Whether anything shows why a body is refused.</param>
internal sealed class ValidationPlan(ValidationParameter[] parameters, ValidationModels? models, bool explains)
{
    public ValidationParameter[] Parameters { get; } = parameters;

    public ValidationModels? Models { get; } = models;

    /// <summary>Gets the models of messages, or <see langword="null"/> if requests come over HTTP.</summary>
    public MessageModels? Messages { get; init; }

    /// <summary>Gets whether anything shows why a body is refused: the reasons cost far more than the refusal.</summary>
    public bool Explains { get; } = explains;
}
