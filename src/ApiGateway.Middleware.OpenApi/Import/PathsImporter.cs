using ApiGateway.Middleware.OpenApi.Documents;

namespace ApiGateway.Middleware.OpenApi.Import;

/// <summary>Walks the paths of a document.</summary>
internal sealed class PathsImporter(ImportContext context, OperationImporter operations)
{
    private const string AnyMethod = "x-amazon-apigateway-any-method";

    private static readonly (string Member, string HttpMethod)[] Methods =
    [
        ("get", "GET"), ("put", "PUT"), ("post", "POST"), ("delete", "DELETE"), ("patch", "PATCH"), ("options", "OPTIONS"), ("head", "HEAD"),
        (AnyMethod, "ANY"),
    ];

    public void Import()
    {
        var basePath = BasePath.Of(context);
        var paths = context.Object(context.Root, "paths");
        foreach (var (path, written) in paths?.Members ?? [])
        {
            if (path.StartsWith("x-", StringComparison.Ordinal))
            {
                continue;
            }

            if (!path.StartsWith('/'))
            {
                context.Error(written, $"A path begins with '/', but is '{path}'.");
            }
            else if (context.Object(paths!, path) is { } item)
            {
                var joined = $"{basePath}{path.TrimEnd('/')}";
                Import(joined.Length == 0 ? "/" : joined, item);
            }
        }
    }

    private void Import(string path, DocumentNode item)
    {
        foreach (var (member, httpMethod) in Methods)
        {
            if (context.Object(item, member) is { } operation)
            {
                operations.Import(httpMethod, path, item, operation);
            }
        }

        if (item.Get("trace") is { } trace)
        {
            context.Warn(trace, "Amazon API Gateway has no method TRACE; the operation is left out.");
        }
    }
}
