namespace ApiGateway.Middleware.Languages.Schemas.Formats;

/// <summary>Finds and applies formats. Texts are UTF-8 without escapes.</summary>
internal static class Format
{
    public static SchemaFormat Find(string name, SchemaDialect dialect) => name switch
    {
        "date-time" => SchemaFormat.DateTime,
        "email" => SchemaFormat.Email,
        "hostname" => SchemaFormat.Hostname,
        "ipv4" => SchemaFormat.Ipv4,
        "ipv6" => SchemaFormat.Ipv6,
        "uri" => SchemaFormat.Uri,
        "date" when dialect == SchemaDialect.Draft202012 => SchemaFormat.Date,
        "time" when dialect == SchemaDialect.Draft202012 => SchemaFormat.Time,
        "uuid" when dialect == SchemaDialect.Draft202012 => SchemaFormat.Uuid,
        _ => SchemaFormat.None,
    };

    public static string Name(SchemaFormat format) => format switch
    {
        SchemaFormat.DateTime => "date-time",
        SchemaFormat.Email => "email",
        SchemaFormat.Hostname => "hostname",
        SchemaFormat.Ipv4 => "ipv4",
        SchemaFormat.Ipv6 => "ipv6",
        SchemaFormat.Uri => "uri",
        SchemaFormat.Date => "date",
        SchemaFormat.Time => "time",
        SchemaFormat.Uuid => "uuid",
        _ => "",
    };

    public static bool IsMatch(SchemaFormat format, ReadOnlySpan<byte> text) => format switch
    {
        SchemaFormat.DateTime => DateTimeFormat.IsDateTime(text),
        SchemaFormat.Email => HostFormat.IsEmail(text),
        SchemaFormat.Hostname => HostFormat.IsHostname(text),
        SchemaFormat.Ipv4 => AddressFormat.IsIpv4(text),
        SchemaFormat.Ipv6 => AddressFormat.IsIpv6(text),
        SchemaFormat.Uri => UriFormat.IsUri(text),
        SchemaFormat.Date => DateTimeFormat.IsDate(text),
        SchemaFormat.Time => DateTimeFormat.IsTime(text),
        SchemaFormat.Uuid => UuidFormat.IsUuid(text),
        _ => true,
    };
}
