namespace ApiGateway.Middleware.Languages.Expressions;

/// <summary>Gives a selection expression the values of an integration's answer.</summary>
internal interface ISelectionSource
{
    /// <summary>Gets the status of the answer.</summary>
    int StatusCode { get; }

    /// <summary>Gets the last value of a header, or <see langword="null"/>.</summary>
    /// <param name="name">The name, without case.</param>
    string? Header(string name);

    /// <summary>Gets all values of a header, joined by commas, or <see langword="null"/>.</summary>
    /// <param name="name">The name, without case.</param>
    string? Headers(string name);
}
