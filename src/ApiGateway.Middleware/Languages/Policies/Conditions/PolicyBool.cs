namespace ApiGateway.Middleware.Languages.Policies.Conditions;

/// <summary>The words <c>true</c> and <c>false</c>, in any case and without white space.</summary>
internal static class PolicyBool
{
    public static bool TryParse(ReadOnlySpan<char> text, out bool value)
    {
        value = text.Equals("true", StringComparison.OrdinalIgnoreCase);
        return value || text.Equals("false", StringComparison.OrdinalIgnoreCase);
    }
}
