using System.Collections.Frozen;

namespace ApiGateway.Middleware.Languages.Schemas.Patterns;

/// <summary>Names of Unicode properties in ECMA 262, and what stands for them inside a .NET character class.</summary>
internal static class UnicodeCategories
{
    private static readonly FrozenDictionary<string, string> ShortNames = new Dictionary<string, string>
    {
        ["Letter"] = "L",
        ["Lowercase_Letter"] = "Ll",
        ["Uppercase_Letter"] = "Lu",
        ["Titlecase_Letter"] = "Lt",
        ["Modifier_Letter"] = "Lm",
        ["Other_Letter"] = "Lo",
        ["Mark"] = "M",
        ["Combining_Mark"] = "M",
        ["Nonspacing_Mark"] = "Mn",
        ["Spacing_Mark"] = "Mc",
        ["Enclosing_Mark"] = "Me",
        ["Number"] = "N",
        ["Decimal_Number"] = "Nd",
        ["digit"] = "Nd",
        ["Letter_Number"] = "Nl",
        ["Other_Number"] = "No",
        ["Punctuation"] = "P",
        ["punct"] = "P",
        ["Connector_Punctuation"] = "Pc",
        ["Dash_Punctuation"] = "Pd",
        ["Open_Punctuation"] = "Ps",
        ["Close_Punctuation"] = "Pe",
        ["Initial_Punctuation"] = "Pi",
        ["Final_Punctuation"] = "Pf",
        ["Other_Punctuation"] = "Po",
        ["Symbol"] = "S",
        ["Math_Symbol"] = "Sm",
        ["Currency_Symbol"] = "Sc",
        ["Modifier_Symbol"] = "Sk",
        ["Other_Symbol"] = "So",
        ["Separator"] = "Z",
        ["Space_Separator"] = "Zs",
        ["Line_Separator"] = "Zl",
        ["Paragraph_Separator"] = "Zp",
        ["Other"] = "C",
        ["Control"] = "Cc",
        ["cntrl"] = "Cc",
        ["Format"] = "Cf",
        ["Surrogate"] = "Cs",
        ["Private_Use"] = "Co",
        ["Unassigned"] = "Cn",
    }.ToFrozenDictionary();

    private static readonly FrozenSet<string> Categories = ShortNames.Values.ToFrozenSet();

    /// <summary>The members of a class for the property between the braces of <c>\p{...}</c>.</summary>
    public static string? Find(string property, bool negated)
    {
        var name = property;
        foreach (var prefix in (ReadOnlySpan<string>)["General_Category=", "gc="])
        {
            name = name.StartsWith(prefix, StringComparison.Ordinal) ? name[prefix.Length..] : name;
        }

        switch (name)
        {
            case "Any":
                return negated ? "" : "\\s\\S";
            case "ASCII":
                return negated ? "\\u0080-\\uffff" : "\\u0000-\\u007f";
            case "LC" or "Cased_Letter" when !negated:
                return "\\p{Lu}\\p{Ll}\\p{Lt}";
        }

        var category = ShortNames.GetValueOrDefault(name, name);
        return Categories.Contains(category) ? $"\\{(negated ? 'P' : 'p')}{{{category}}}" : null;
    }
}
