using System.Collections.Frozen;

namespace ApiGateway.Middleware.Languages.Templates;

/// <summary>The names of the methods.</summary>
internal static class TemplateMethods
{
    private static readonly FrozenDictionary<string, TemplateMethod> Names = BuildNames();

    /// <summary>Gets every name that some value understands.</summary>
    public static IReadOnlyList<string> All => Names.Keys;

    public static TemplateMethod Find(string name) => Names.GetValueOrDefault(name);

    private static FrozenDictionary<string, TemplateMethod> BuildNames()
    {
        var names = new Dictionary<string, TemplateMethod>
        {
            // The three that C# keeps for itself.
            ["toString"] = TemplateMethod.ToText,
            ["equals"] = TemplateMethod.EqualTo,
            ["hashCode"] = TemplateMethod.HashCode,
        };

        foreach (var method in Enum.GetValues<TemplateMethod>())
        {
            if (method is not (TemplateMethod.None or TemplateMethod.ToText or TemplateMethod.EqualTo or TemplateMethod.HashCode))
            {
                var name = method.ToString();
                names[char.ToLowerInvariant(name[0]) + name[1..]] = method;
            }
        }

        return names.ToFrozenDictionary();
    }
}
