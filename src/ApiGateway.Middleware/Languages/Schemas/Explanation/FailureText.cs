using System.Text;
using ApiGateway.Middleware.Languages.Schemas.Formats;
using ApiGateway.Middleware.Languages.Schemas.Json;
using ApiGateway.Middleware.Languages.Schemas.Loading;

namespace ApiGateway.Middleware.Languages.Schemas.Explanation;

/// <summary>The catalogue of failure texts, in the wording of the managed service. Names in lists are sorted.</summary>
internal static class FailureText
{
    public const string Malformed = "body is not well-formed JSON";
    public const string TooLarge = "body is larger, deeper or has more tokens than the limits allow";
    public const string Stopped = "validation takes more work than the limits allow";
    public const string Duplicates = "array must not contain duplicate elements";
    public const string Not = "instance matched a schema which it should not have";

    // Callers choose the values that are quoted, so they are cut off somewhere.
    private const int MaxQuoted = 1024;

    public static string Type(JsonTypes found, JsonTypes allowed) =>
        $"instance type ({TypeNames.Of(found).Single()}) does not match any allowed primitive type "
        + $"(allowed: {List(TypeNames.Of(allowed))})";

    public static string Enum(JsonValue value, JsonValue[] allowed) =>
        $"instance value ({Quote(value)}) not found in enum (possible values: {Quote(JsonValue.Array(allowed))})";

    public static string Minimum(NumberBound minimum, JsonValue value) => minimum.IsExclusive
        ? $"numeric instance is not strictly greater than the required minimum {minimum.Text}"
        : $"numeric instance is lower than the required minimum (minimum: {minimum.Text}, found: {Quote(value)})";

    public static string Maximum(NumberBound maximum, JsonValue value) => maximum.IsExclusive
        ? $"numeric instance is not strictly lower than the required maximum {maximum.Text}"
        : $"numeric instance is greater than the required maximum (maximum: {maximum.Text}, found: {Quote(value)})";

    public static string MultipleOf(JsonValue value, NumberMultiple multiple) =>
        $"remainder of division is not zero ({Quote(value)} / {multiple.Text})";

    public static string TooShort(JsonValue value, int length, int minimum) =>
        $"string {Quote(value)} is too short (length: {length}, required minimum: {minimum})";

    public static string TooLong(JsonValue value, int length, int maximum) =>
        $"string {Quote(value)} is too long (length: {length}, maximum allowed: {maximum})";

    public static string Pattern(string pattern, JsonValue value) =>
        $"ECMA 262 regex \"{pattern}\" does not match input string {Quote(value)}";

    public static string Format(SchemaFormat format, JsonValue value) =>
        $"input string {Quote(value)} does not match format \"{Formats.Format.Name(format)}\"";

    public static string TooFewItems(int minimum, int found) =>
        $"array is too short: must have at least {minimum} elements but instance has {found} elements";

    public static string TooManyItems(int maximum, int found) =>
        $"array is too long: must have at most {maximum} elements but instance has {found} elements";

    public static string ItemsNotAllowed(int allowed, int found) =>
        $"array has elements which are not allowed by the schema (allowed: {allowed}, found: {found})";

    public static string Contains(SchemaPart part, int found) => part.MaxContains == int.MaxValue
        ? $"array must contain at least {part.MinContains} matching elements but has {found}"
        : $"array must contain from {part.MinContains} to {part.MaxContains} matching elements but has {found}";

    public static string Required(List<string> missing) => $"object has missing required properties ({List(missing)})";

    public static string AdditionalProperties(List<string> names) =>
        $"object instance has properties which are not allowed by the schema: {List(names)}";

    public static string TooFewProperties(int found, int minimum) =>
        $"object has too few properties (found {found} but schema requires at least {minimum})";

    public static string TooManyProperties(int found, int maximum) =>
        $"object has too many properties (found {found} but schema requires at most {maximum})";

    public static string Dependencies(string name, string[] needed, List<string> missing) =>
        $"property {Quote(JsonValue.String(name))} of object has missing property dependencies "
        + $"(schema requires {List(needed)}; missing: {List(missing)})";

    public static string AllOf(int matched, int count) =>
        $"instance failed to match all required schemas (matched only {matched} out of {count})";

    public static string AnyOf(int count) => $"instance failed to match at least one required schema among {count}";

    public static string OneOf(int matched, int count) =>
        $"instance failed to match exactly one schema (matched {matched} out of {count})";

    private static string List(IEnumerable<string> names) =>
        Quote(JsonValue.Array([.. names.Order(StringComparer.Ordinal).Select(JsonValue.String)]));

    private static string Quote(JsonValue value)
    {
        var text = new StringBuilder();
        JsonWriter.Write(value, text, MaxQuoted);
        return text.ToString();
    }
}
