namespace ApiGateway.Middleware.Languages.Schemas.Formats;

/// <summary>The formats that are checked. Any other is ignored, as the standard asks.</summary>
internal enum SchemaFormat
{
    None,
    DateTime,
    Email,
    Hostname,
    Ipv4,
    Ipv6,
    Uri,
    Date,
    Time,
    Uuid,
}
