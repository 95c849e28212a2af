using System.Text;
using ApiGateway.Middleware.Definitions;

namespace ApiGateway.Middleware.Compilation;

/// <summary>The id of an API's content: equal definitions have equal ids. What stages set is not part of it.</summary>
internal static class DeploymentId
{
    public static string Of(RestApiDefinition api)
    {
        var text = new StringBuilder();
        foreach (var method in api.Methods.OrderBy(static method => method.RouteKey, StringComparer.Ordinal))
        {
            Append(text, method.RouteKey);
            if (method.Integration is { } integration)
            {
                Append(text, integration.Type.ToString());
                Append(text, integration.Uri);
                Append(text, integration.IntegrationHttpMethod);
                Append(text, integration.TimeoutInMillis?.ToString(System.Globalization.CultureInfo.InvariantCulture));
                Append(text, integration.Handler);
                Append(text, integration.HttpVersion);
                Append(text, integration.Streaming?.ToString());
                Append(text, integration.InsecureSkipVerification.ToString());
                Append(text, integration.PassthroughBehavior.ToString());
                Append(text, integration.ContentHandling.ToString());
                Append(text, integration.RequestTemplates);
                Append(text, integration.RequestParameters);
                foreach (var response in integration.IntegrationResponses)
                {
                    Append(text, response.StatusCode);
                    Append(text, response.SelectionPattern);
                    Append(text, response.ContentHandling.ToString());
                    Append(text, response.ResponseParameters);
                    Append(text, response.ResponseTemplates);
                }
            }

            foreach (var status in method.MethodResponses.Keys.Order(StringComparer.Ordinal))
            {
                Append(text, status);
            }

            text.Append(';');
        }

        return StableId.Of(text.ToString());
    }

    private static void Append(StringBuilder text, IDictionary<string, string> members)
    {
        text.Append(members.Count).Append('{');
        foreach (var (name, value) in members.OrderBy(static item => item.Key, StringComparer.Ordinal))
        {
            Append(text, name);
            Append(text, value);
        }

        text.Append('}');
    }

    // The length in front keeps two texts from running into each other.
    private static void Append(StringBuilder text, string? part) => text.Append(part?.Length ?? -1).Append(':').Append(part).Append(',');
}
