using System.Net;
using ApiGateway.Middleware.Compilation;
using ApiGateway.Middleware.Context;
using ApiGateway.Middleware.Definitions;
using ApiGateway.Middleware.Languages.Policies.Combination;
using ApiGateway.Middleware.Languages.Templates;
using ApiGateway.Middleware.Snapshots;
using Microsoft.Extensions.Options;

namespace ApiGateway.Middleware.Hosting;

/// <summary>Makes the snapshot's part of the options, afresh for each reload, so that a bad value rejects that reload only.</summary>
internal sealed class OptionsLoader(IOptionsFactory<ApiGatewayOptions> factory)
{
    /// <summary>Reads the options, or adds what is wrong and gives the defaults, so that the rest of the definition is checked as well.</summary>
    public LoadedSettings Load(DefinitionErrors errors)
    {
        try
        {
            return From(factory.Create(Options.DefaultName));
        }
        catch (OptionsValidationException exception)
        {
            foreach (var failure in exception.Failures)
            {
                errors.Add(new DefinitionOrigin("options", ApiGatewayOptions.SectionName), failure);
            }

            return From(new ApiGatewayOptions());
        }
    }

    private static LoadedSettings From(ApiGatewayOptions options) => new(
        new GatewayIdentity(options.Region, options.AccountId, options.Partition),
        new ClientAddressPlan([.. options.TrustedProxies.Select(Parse)], options.ForwardLimit),
        new TemplateLimits
        {
            MaxTemplateBytes = options.MaxTemplateBytes,
            MaxLoopIterations = options.MaxTemplateIterations,
            MaxOutputBytes = options.MaxTemplateOutputBytes,
            MaxSteps = options.MaxTemplateSteps,
            MaxNesting = options.MaxTemplateNesting,
        })
    {
        AccessDenied = options.AccessDeniedDetail == Contracts.AccessDeniedDetail.Extended ? AccessDeniedDetail.Extended : AccessDeniedDetail.Classic,
    };

    private static IPNetwork Parse(string text)
    {
        if (IPNetwork.TryParse(text, out var network))
        {
            return network;
        }

        // In the form in which requests' addresses are compared.
        var address = ClientAddress.Plain(IPAddress.Parse(text));
        return new IPNetwork(address, address.GetAddressBytes().Length * 8);
    }
}
