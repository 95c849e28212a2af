using ApiGateway.Middleware.Snapshots;

namespace ApiGateway.Middleware.Integrations.Aws;

/// <summary>Finds the servers of AWS services: those of the options, or those of AWS.</summary>
internal static class AwsServiceLocator
{
    private const string GlobalRegion = "us-east-1";

    /// <summary>Finds a service, or gives <see langword="null"/> if it can be called nowhere.</summary>
    public static AwsServiceServer? Find(AwsServiceName name, AwsServiceSettings settings)
    {
        var isGlobal = name.Service is "cloudfront" or "iam" or "route53";
        var region = isGlobal && name.Partition == "aws" ? GlobalRegion : name.Region;
        var suffix = name.Partition == "aws-cn" ? "amazonaws.com.cn" : "amazonaws.com";
        var prefix = name.Subdomain is null ? "" : name.Subdomain + ".";
        var host = isGlobal ? $"{prefix}{name.Service}.{suffix}" : $"{prefix}{name.Service}.{region}.{suffix}";
        var signingName = name.Service == "email" ? "ses" : name.Service;
        if (settings.EndpointOf(name.Service) is { } own)
        {
            // An emulator tells subdomains, such as buckets, by the name that AWS would be asked under.
            return new AwsServiceServer(
                own.GetLeftPart(UriPartial.Authority), name.Subdomain is null ? null : host, settings.Region ?? region, signingName);
        }

        // Without keys, AWS would refuse the request, but would have seen it.
        return settings.Credentials is null ? null : new AwsServiceServer("https://" + host, null, region, signingName);
    }
}
