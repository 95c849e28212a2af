using System.Globalization;
using System.Text.RegularExpressions;
using ApiGateway.Middleware.Definitions;
using ApiGateway.Middleware.Snapshots;

namespace ApiGateway.Middleware.Compilation;

/// <summary>Reads the status that a MOCK's request template gives.</summary>
internal sealed partial class MockPlanCompiler(
    IntegrationDefinition integration, DefinitionOrigin origin, bool isExact, DefinitionErrors errors)
{
    public MockIntegrationPlan Compile(TimeSpan timeout)
    {
        var statusCodes = new List<KeyValuePair<string, int>>();
        foreach (var (type, template) in integration.RequestTemplates)
        {
            var match = ConstantTemplate.Match(template);
            if (match.Success && int.Parse(match.Groups["status"].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture) is >= 200 and <= 599 and var status)
            {
                statusCodes.Add(new(type, status));
            }
            else
            {
                Refuse(origin.Child("RequestTemplates").Child(type), template);
            }
        }

        return new MockIntegrationPlan(timeout, [.. statusCodes]);
    }

    // What Amazon API Gateway accepts at import never stops the host.
    private void Refuse(DefinitionOrigin at, string template)
    {
        var message = $"A MOCK's request template must be {{\"statusCode\": N}} with N from 200 to 599, but is '{template}'.";
        if (isExact)
        {
            errors.Warn(at, message + " Requests that it is for will fail with 500.");
        }
        else
        {
            errors.Add(at, message);
        }
    }

    // Unquoted keys are accepted: recorded.
    [GeneratedRegex("""^\s*\{\s*"?statusCode"?\s*:\s*(?<status>[0-9]{3})\s*,?\s*\}\s*$""", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex ConstantTemplate { get; }
}
