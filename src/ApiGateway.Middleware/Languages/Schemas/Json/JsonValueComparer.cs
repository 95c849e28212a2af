using System.Text;

namespace ApiGateway.Middleware.Languages.Schemas.Json;

/// <summary>Equality of JSON Schema, for sets of values.</summary>
internal sealed class JsonValueComparer : IEqualityComparer<JsonValue>
{
    public static JsonValueComparer Instance { get; } = new();

    public bool Equals(JsonValue? x, JsonValue? y) => x is null || y is null ? x == y : x.DeepEquals(y);

    public int GetHashCode(JsonValue obj) => obj.Type switch
    {
        JsonTypes.Number => new JsonNumber(Encoding.UTF8.GetBytes(obj.Text)).GetValueHash(),
        JsonTypes.Array => HashOfItems(obj.Items),
        JsonTypes.Object => HashOfMembers(obj),
        _ => HashCode.Combine(obj.Type, obj.Text),
    };

    private int HashOfItems(JsonValue[] items)
    {
        var hash = default(HashCode);
        foreach (var item in items)
        {
            hash.Add(item, this);
        }

        return hash.ToHashCode();
    }

    // A sum, since order has no meaning.
    private int HashOfMembers(JsonValue value)
    {
        var hash = 0;
        foreach (var (name, member) in value.LastMembers())
        {
            hash += HashCode.Combine(name, GetHashCode(member));
        }

        return hash;
    }
}
