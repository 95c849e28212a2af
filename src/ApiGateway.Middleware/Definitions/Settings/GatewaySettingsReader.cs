using ApiGateway.Middleware.Contracts;

namespace ApiGateway.Middleware.Definitions.Settings;

/// <summary>Reads the section <c>ApiGateway</c>.</summary>
internal sealed class GatewaySettingsReader(SettingsSection section, string[] foreignKeys)
{
    public void Read(GatewayDefinition definition)
    {
        foreach (var api in section.Children("Apis"))
        {
            if (ReadApi(api) is { } read)
            {
                definition.Apis.Add(read);
            }
        }

        foreach (var domain in section.Children("DomainNames"))
        {
            definition.DomainNames.Add(ReadDomain(domain));
        }

        section.Known(foreignKeys);
        section.RejectUnknown();
    }

    private static RestApiDefinition? ReadApi(SettingsSection api)
    {
        var kind = api.Choice("ProtocolType", ("REST", ApiKind.Rest), ("HTTP", ApiKind.Http), ("WEBSOCKET", ApiKind.WebSocket)) ?? ApiKind.Rest;
        switch (kind)
        {
            case ApiKind.Rest:
                return new RestApiSettingsReader(api).Read();
            default:
                api.Errors.Add(api.Origin.Child("ProtocolType"), $"APIs of kind '{kind}' are not supported by this version. Use 'REST'.");
                return null;
        }
    }

    private static DomainNameDefinition ReadDomain(SettingsSection section)
    {
        var domain = new DomainNameDefinition(section.Key) { Origin = section.Origin };
        foreach (var item in section.Children("BasePathMappings"))
        {
            var mapping = new BasePathMappingDefinition(item.Text("RestApiId") ?? "")
            {
                Origin = item.Origin,
                BasePath = item.Text("BasePath"),
                Stage = item.Text("Stage"),
            };
            item.RejectUnknown();
            domain.BasePathMappings.Add(mapping);
        }

        section.RejectUnknown();
        return domain;
    }
}
