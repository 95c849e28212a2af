using ApiGateway.Middleware.OpenApi.Documents;

namespace ApiGateway.Middleware.OpenApi.Import;

/// <summary>Tells documents that were written for Amazon API Gateway from others.</summary>
internal static class Extensions
{
    public const string Prefix = "x-amazon-apigateway-";

    /// <summary>Tells whether any member, at any depth, is an extension of Amazon API Gateway.</summary>
    public static bool AnyIn(DocumentNode node)
    {
        foreach (var (name, value) in node.Members)
        {
            if (name.StartsWith(Prefix, StringComparison.Ordinal) || AnyIn(value))
            {
                return true;
            }
        }

        foreach (var item in node.Items)
        {
            if (AnyIn(item))
            {
                return true;
            }
        }

        return false;
    }
}
