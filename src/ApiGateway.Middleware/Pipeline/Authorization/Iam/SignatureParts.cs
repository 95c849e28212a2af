namespace ApiGateway.Middleware.Pipeline.Authorization.Iam;

/// <summary>The parts of a signature as they stand in the request; <see langword="null"/> where there is none.</summary>
internal sealed class SignatureParts
{
    public bool IsPresigned { get; init; }

    public string? Algorithm { get; set; }

    public string? Credential { get; set; }

    public string? Date { get; set; }

    public string? Expires { get; set; }

    public string? SignedHeaders { get; set; }

    public string? Signature { get; set; }

    public string? Token { get; set; }

    public string? ContentSha256 { get; set; }
}
