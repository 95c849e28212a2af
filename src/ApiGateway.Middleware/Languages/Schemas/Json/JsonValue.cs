using System.Text;

namespace ApiGateway.Middleware.Languages.Schemas.Json;

/// <summary>A JSON value in memory: schemas, allowed values, and bodies that need a second look.</summary>
/// <remarks>Members are kept as written, repeated names included; look-ups and comparisons take the last one.</remarks>
internal sealed class JsonValue
{
    private JsonValue(JsonTypes type, string text = "", JsonValue[]? items = null, JsonMember[]? members = null)
    {
        Type = type;
        Text = text;
        Items = items ?? [];
        Members = members ?? [];
    }

    /// <summary>Gets the type; every number is a <see cref="JsonTypes.Number"/>.</summary>
    public JsonTypes Type { get; }

    /// <summary>Gets the content of a string, or a number or literal as written.</summary>
    public string Text { get; }

    /// <summary>Gets the elements of an array.</summary>
    public JsonValue[] Items { get; }

    /// <summary>Gets the members of an object.</summary>
    public JsonMember[] Members { get; }

    public static JsonValue Literal(JsonTypes type, string text) => new(type, text);

    public static JsonValue Number(string text) => new(JsonTypes.Number, text);

    public static JsonValue String(string text) => new(JsonTypes.String, text);

    public static JsonValue Array(JsonValue[] items) => new(JsonTypes.Array, items: items);

    public static JsonValue Object(JsonMember[] members) => new(JsonTypes.Object, members: members);

    public bool IsTrue => Type == JsonTypes.Boolean && Text == "true";

    /// <summary>The last member of this name.</summary>
    public JsonValue? Find(string name)
    {
        for (var i = Members.Length - 1; i >= 0; i--)
        {
            if (Members[i].Name == name)
            {
                return Members[i].Value;
            }
        }

        return null;
    }

    /// <summary>The members by name, repeated names with their last value.</summary>
    public Dictionary<string, JsonValue> LastMembers()
    {
        var members = new Dictionary<string, JsonValue>(Members.Length);
        foreach (var member in Members)
        {
            members[member.Name] = member.Value;
        }

        return members;
    }

    /// <summary>Equality of JSON Schema: numbers by value, objects without regard to order.</summary>
    public bool DeepEquals(JsonValue other)
    {
        if (Type != other.Type)
        {
            return false;
        }

        return Type switch
        {
            JsonTypes.Number => NumbersAreEqual(Text, other.Text),
            JsonTypes.Array => ItemsAreEqual(other),
            JsonTypes.Object => MembersAreEqual(other),
            _ => Text == other.Text,
        };
    }

    private static bool NumbersAreEqual(string left, string right)
    {
        var leftNumber = new JsonNumber(Encoding.UTF8.GetBytes(left));
        return leftNumber.ComparedTo(new JsonNumber(Encoding.UTF8.GetBytes(right))) == 0;
    }

    private bool ItemsAreEqual(JsonValue other)
    {
        if (Items.Length != other.Items.Length)
        {
            return false;
        }

        for (var i = 0; i < Items.Length; i++)
        {
            if (!Items[i].DeepEquals(other.Items[i]))
            {
                return false;
            }
        }

        return true;
    }

    private bool MembersAreEqual(JsonValue other)
    {
        var mine = LastMembers();
        var others = other.LastMembers();
        if (mine.Count != others.Count)
        {
            return false;
        }

        foreach (var (name, value) in mine)
        {
            if (!others.TryGetValue(name, out var counterpart) || !value.DeepEquals(counterpart))
            {
                return false;
            }
        }

        return true;
    }
}
