namespace ApiGateway.Middleware.Languages.Policies.Matching;

/// <summary><c>Resource</c> or <c>NotResource</c> of a statement.</summary>
internal sealed class ResourceSet(bool negated, ArnPattern[] patterns)
{
    public bool Contains(in ArnParts arn, PolicyKeySource keys)
    {
        foreach (var pattern in patterns)
        {
            if (pattern.IsMatch(arn, keys))
            {
                return !negated;
            }
        }

        return negated;
    }
}
