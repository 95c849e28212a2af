using ApiGateway.Middleware.Languages.Values;

namespace ApiGateway.Middleware.Languages.Templates.Variables;

/// <summary>The variable <c>$context</c>.</summary>
/// <param name="values">
/// Supplies the members. Those with members of their own, such as <c>identity</c>, are objects again.
/// </param>
/// <param name="overrides">Two further members, which templates may change.</param>
internal sealed class ContextObject(TemplateObject values, ContextOverrides overrides) : TemplateObject
{
    // The order in which the managed service lists the members that every request has.
    private static readonly string[] KnownKeys =
    [
        "resourceId", "resourcePath", "httpMethod", "extendedRequestId", "requestTime", "path", "accountId", "protocol",
        "requestOverride", "stage", "domainPrefix", "requestTimeEpoch", "requestId", "identity", "domainName", "deploymentId",
        "responseOverride", "apiId",
    ];

    private string[]? _keys;

    public override IReadOnlyList<string> Keys => _keys ??= BuildKeys();

    public override Value GetProperty(string name) => name switch
    {
        "requestOverride" => Value.Of(overrides.Request),
        "responseOverride" => Value.Of(overrides.Response),
        _ => values.GetProperty(name),
    };

    private string[] BuildKeys()
    {
        var keys = new List<string>(KnownKeys.Length + 4);
        foreach (var key in KnownKeys)
        {
            if (!GetProperty(key).IsNull)
            {
                keys.Add(key);
            }
        }

        foreach (var key in values.Keys)
        {
            if (!keys.Contains(key))
            {
                keys.Add(key);
            }
        }

        return [.. keys];
    }
}
