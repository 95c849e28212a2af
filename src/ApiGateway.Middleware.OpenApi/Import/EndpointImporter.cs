using ApiGateway.Middleware.Definitions;
using ApiGateway.Middleware.OpenApi.Documents;

namespace ApiGateway.Middleware.OpenApi.Import;

/// <summary>Reads <c>x-amazon-apigateway-endpoint-configuration</c>, at the root or in a server.</summary>
internal sealed class EndpointImporter(ImportContext context, RestApiDefinition api)
{
    public const string Extension = "x-amazon-apigateway-endpoint-configuration";

    public void Import()
    {
        var kept = DocumentNode.NewObject();
        foreach (var owner in Owners())
        {
            if (context.Object(owner, Extension) is { } node)
            {
                Read(node, kept);
            }
        }

        if (context.Options.EndpointConfigurationType is { } type && !kept.Has("types"))
        {
            var types = DocumentNode.NewArray();
            types.Add(DocumentNode.OfText(type.ToUpperInvariant()));
            kept.With("types", types);
            if (type.ToUpperInvariant() is not ("EDGE" or "REGIONAL" or "PRIVATE"))
            {
                context.Error(context.Root, $"EndpointConfigurationType must be EDGE, REGIONAL or PRIVATE, but is '{type}'.");
            }
        }

        if (kept.Members.Count > 0)
        {
            api.Extensions[Extension] = JsonText.Write(kept);
        }
    }

    private IEnumerable<DocumentNode> Owners()
    {
        yield return context.Root;
        foreach (var server in context.Array(context.Root, "servers")?.Items ?? [])
        {
            if (server.IsObject)
            {
                yield return server;
            }
        }
    }

    private void Read(DocumentNode node, DocumentNode kept)
    {
        api.DisableExecuteApiEndpoint |= context.Flag(node, "disableExecuteApiEndpoint") == true;
        var types = new List<string>();
        context.Texts(node, "types", types);
        if (types.Count > 1)
        {
            context.Error(node, "Cannot create an api with multiple Endpoint Types.");
        }

        if (types is ["PRIVATE"] && context.Text(node, "ipAddressType") == "ipv4")
        {
            context.Error(node, "Only dualstack ipAddressType is supported for Private APIs.");
        }

        foreach (var (name, value) in node.Members)
        {
            if (name != "disableExecuteApiEndpoint")
            {
                kept.With(name, value.Copy());
            }
        }
    }
}
