namespace ApiGateway.Middleware.Definitions.Settings;

/// <summary>Reads <c>Cors</c>: one origin, a list of origins, or an object.</summary>
internal sealed class CorsSettingsReader(SettingsSection section)
{
    public CorsDefinition Read()
    {
        var cors = new CorsDefinition { Origin = section.Origin };
        if (section.Value is { Length: > 0 } || section.IsList)
        {
            section.TextsInto(cors.AllowOrigins);
            return cors;
        }

        section.Texts("AllowOrigins", cors.AllowOrigins);
        section.Texts("AllowMethods", cors.AllowMethods);
        section.Texts("AllowHeaders", cors.AllowHeaders);
        section.Texts("ExposeHeaders", cors.ExposeHeaders);
        cors.MaxAge = section.Number("MaxAge");
        cors.AllowCredentials = section.Flag("AllowCredentials") ?? false;
        section.RejectUnknown();
        return cors;
    }
}
