using ApiGateway.Middleware.OpenApi.Documents;

namespace ApiGateway.Middleware.OpenApi.Import;

/// <summary>Knows which schemas of a document are models, and how models refer to each other.</summary>
internal sealed class ModelNames(DocumentNode? schemas, bool isSwagger, string apiId)
{
    private const string Host = "https://apigateway.amazonaws.com/restapis/";
    private const string Folder = "/models/";

    private readonly string _prefix = isSwagger ? "#/definitions/" : "#/components/schemas/";

    public bool Contains(string name) => schemas?.Has(name) == true;

    public string AddressOf(string name) => $"{Host}{apiId}{Folder}{Uri.EscapeDataString(name)}";

    /// <summary>Gets the model that a reference means, be it by its place in the document or by its address.</summary>
    public bool TryGetName(string reference, out string name)
    {
        if (TryGetNameOfAddress(reference, out name))
        {
            return true;
        }

        name = reference.StartsWith(_prefix, StringComparison.Ordinal) ? reference[_prefix.Length..] : "";
        var isModel = name.Length > 0 && !name.Contains('/', StringComparison.Ordinal);
        name = References.Unescape(name);
        return isModel;
    }

    public static bool TryGetNameOfAddress(string reference, out string name)
    {
        var folder = reference.StartsWith(Host, StringComparison.Ordinal) ? reference.IndexOf(Folder, StringComparison.Ordinal) : -1;
        name = folder < 0 ? "" : Uri.UnescapeDataString(reference[(folder + Folder.Length)..]);
        return name.Length > 0;
    }
}
