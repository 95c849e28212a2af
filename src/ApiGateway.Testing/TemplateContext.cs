namespace ApiGateway.Testing;

/// <summary>The values of <c>$context</c> that a mapping template reads.</summary>
/// <remarks>
/// A variable that is not here is undefined and prints nothing, as for a request that does not have it. Values are texts, as nearly
/// all of them are in requests. Source: "$context variables for data models, authorizers, mapping templates, and
/// CloudWatch access logging" in the Amazon API Gateway developer guide.
/// </remarks>
public sealed class TemplateContext
{
    /// <summary>Gets the values by name; a dot leads to a member, as in <c>identity.sourceIp</c> or <c>authorizer.claims.sub</c>.</summary>
    public IDictionary<string, string> Values { get; } = new SortedDictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Gets or sets a value; <see langword="null"/> is no value.</summary>
    /// <param name="name">The name behind <c>$context.</c>, such as <c>requestId</c> or <c>identity.sourceIp</c>; case counts.</param>
    public string? this[string name]
    {
        get => Values.TryGetValue(name, out var value) ? value : null;
        set
        {
            if (value is null)
            {
                Values.Remove(name);
            }
            else
            {
                Values[name] = value;
            }
        }
    }
}
