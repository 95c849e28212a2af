using ApiGateway.Middleware.Contracts;

namespace ApiGateway.Middleware.Snapshots;

/// <summary>An answer without a backend.</summary>
/// <param name="timeout">Not used: nothing is waited for.</param>
/// <param name="answers">The answers that need no work, by the content type of the request.</param>
internal sealed class MockIntegrationPlan(TimeSpan timeout, MockAnswer[] answers)
    : IntegrationPlan(IntegrationKind.Mock, timeout)
{
    public MockAnswer[] Answers { get; } = answers;

    /// <summary>Finds the ready answer to a request, or <see langword="null"/> if it has to be worked out.</summary>
    /// <param name="contentType">The request's header; without one, JSON is meant.</param>
    public MockAnswer? Find(string? contentType)
    {
        if (Answers.Length == 0)
        {
            return null;
        }

        var type = contentType is null ? TemplateSet.Json : TemplateSet.MediaTypeOf(contentType);
        foreach (var answer in Answers)
        {
            if (type.Equals(answer.ContentType, StringComparison.OrdinalIgnoreCase))
            {
                return answer;
            }
        }

        return null;
    }
}
