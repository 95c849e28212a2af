namespace ApiGateway.Testing;

/// <summary>The request, or the answer of the backend, that a mapping template reads through <c>$input</c> and <c>$stageVariables</c>.</summary>
/// <remarks>Not thread-safe while it is changed. Names are matched by case, and each has one value; a request's last value counts.</remarks>
public sealed class TemplateRequest
{
    /// <summary>Gets or sets the body: <c>$input.body</c>, <c>$input.json()</c>, <c>$input.path()</c>.</summary>
    /// <value>The default is empty, which a template reads as <c>{}</c>.</value>
    public string Body { get; set; } = "";

    /// <summary>Gets the values of path variables: <c>$input.params().path</c>, and the first place where <c>$input.params('n')</c> looks.</summary>
    public IDictionary<string, string> PathParameters { get; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Gets the query's parameters: <c>$input.params().querystring</c>, and the second place where <c>$input.params('n')</c> looks.</summary>
    public IDictionary<string, string> QueryParameters { get; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Gets the headers: <c>$input.params().header</c>, and the last place where <c>$input.params('n')</c> looks.</summary>
    public IDictionary<string, string> Headers { get; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Gets the variables of the stage: <c>$stageVariables</c>.</summary>
    public IDictionary<string, string> StageVariables { get; } = new Dictionary<string, string>(StringComparer.Ordinal);
}
