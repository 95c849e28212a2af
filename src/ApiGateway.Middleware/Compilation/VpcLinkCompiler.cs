using ApiGateway.Middleware.Contracts;
using ApiGateway.Middleware.Definitions;
using ApiGateway.Middleware.Snapshots;

namespace ApiGateway.Middleware.Compilation;

/// <summary>Compiles the VPC link of an integration that has one.</summary>
internal sealed class VpcLinkCompiler(
    IntegrationDefinition integration, DefinitionOrigin origin, StageSnapshot stage, HandlerTable handlers, DefinitionErrors errors)
{
    // Stands where a link's own server will: requests never go there.
    private const string AnyServer = "http://vpc-link";

    private const string VpcLink = "VPC_LINK";

    private bool IsLinked => integration.ConnectionType == VpcLink;

    /// <summary>Gets whether the address is the ARN of something behind the link, not that of a server.</summary>
    public bool HasArn => IsLinked && integration.Uri?.StartsWith("arn:", StringComparison.Ordinal) == true;

    /// <summary>Gets the address of a backend that is named by its ARN: it gets the whole path, the stage included.</summary>
    public UriPlan CompileUri() =>
        new([UriPart.Literal(stage.Name == StageSnapshot.Default ? AnyServer + "/" : $"{AnyServer}/{stage.Name}/"), UriPart.RequestPath]);

    /// <summary>Compiles the link, or gives <see langword="null"/> if there is none.</summary>
    /// <param name="host">The header <c>Host</c>, or <see langword="null"/> for that of the client.</param>
    public VpcLinkPlan? Compile(string? host)
    {
        if (!IsLinked)
        {
            return null;
        }

        var at = origin.Child("ConnectionId");
        if (string.IsNullOrWhiteSpace(integration.ConnectionId))
        {
            errors.Add(at, "An integration with the connection type VPC_LINK needs the id of the link.");
            return null;
        }

        var id = StageVariableText.Fill(integration.ConnectionId, stage.Variables, out _);
        var resolver = handlers.FindLink(id);
        if (resolver is null)
        {
            errors.Warn(
                at, $"Nothing is known of the VPC link '{id}'. Add \"VpcLinks\": {{ \"{id}\": \"http://host:port\" }} to the settings, or call AddVpcLink. Requests will fail.");
        }

        return new VpcLinkPlan
        {
            Target = new VpcLinkTarget(id, integration.IntegrationTarget ?? integration.Uri ?? ""),
            Resolver = resolver,
            Host = host,
            ServerName = string.IsNullOrEmpty(integration.ServerNameToVerify) ? null : integration.ServerNameToVerify,
        };
    }
}
