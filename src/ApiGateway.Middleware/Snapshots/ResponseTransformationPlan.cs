namespace ApiGateway.Middleware.Snapshots;

/// <summary>How a route turns its integration's answer into that of the method.</summary>
/// <param name="responses">Those with a pattern, in the order in which they are tried.</param>
/// <param name="fallback">The one without, or <see langword="null"/>.</param>
internal sealed class ResponseTransformationPlan(IntegrationResponsePlan[] responses, IntegrationResponsePlan? fallback)
{
    /// <summary>Gets whether status and body pass as they are, because the definition says nothing of responses.</summary>
    public required bool IsImplied { get; init; }

    /// <summary>Gets whether bodies change between text and bytes; if not, they pass as they are.</summary>
    public required bool ConvertsBody { get; init; }

    /// <summary>Gets whether every body is text that is coded as base64 or decoded, whatever its type.</summary>
    public bool IsAlwaysText { get; init; }

    /// <summary>Gets whether header names change as the managed service changes them.</summary>
    public required bool Remaps { get; init; }

    /// <summary>Gets whether the error message of a failed function is read as JSON.</summary>
    public required bool ParsesErrorMessage { get; init; }

    /// <summary>Finds the response that takes an answer, or <see langword="null"/>.</summary>
    /// <param name="selection">The status in digits, or an error message.</param>
    /// <exception cref="System.Text.RegularExpressions.RegexMatchTimeoutException">A pattern takes too long.</exception>
    public IntegrationResponsePlan? Select(string selection)
    {
        foreach (var response in responses)
        {
            if (response.Pattern!.IsMatch(selection))
            {
                return response;
            }
        }

        return fallback;
    }
}
