using System.Net;
using ApiGateway.Middleware.Contracts;
using Microsoft.Extensions.Options;

namespace ApiGateway.Middleware.Hosting;

/// <summary>Checks the ranges of <see cref="ApiGatewayOptions"/>; all failures at once.</summary>
internal sealed class ApiGatewayOptionsValidator : IValidateOptions<ApiGatewayOptions>
{
    private const int AccountIdLength = 12;
    private const int MaxForwardLimit = 32;

    public ValidateOptionsResult Validate(string? name, ApiGatewayOptions options)
    {
        var result = new ValidateOptionsResultBuilder();
        if (options.Region.Length == 0 || !options.Region.All(static c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-'))
        {
            result.AddError($"must be a region such as 'us-east-1', but is '{options.Region}'.", nameof(options.Region));
        }

        if (options.AccountId.Length != AccountIdLength || !options.AccountId.All(char.IsAsciiDigit))
        {
            result.AddError($"must be {AccountIdLength} digits, but is '{options.AccountId}'.", nameof(options.AccountId));
        }

        if (options.Partition is not ("aws" or "aws-cn" or "aws-us-gov"))
        {
            result.AddError($"must be 'aws', 'aws-cn' or 'aws-us-gov', but is '{options.Partition}'.", nameof(options.Partition));
        }

        if (options.ForwardLimit is < 1 or > MaxForwardLimit)
        {
            result.AddError($"must be from 1 to {MaxForwardLimit}, but is {options.ForwardLimit}.", nameof(options.ForwardLimit));
        }

        foreach (var proxy in options.TrustedProxies)
        {
            if (!IPNetwork.TryParse(proxy, out _) && !IPAddress.TryParse(proxy, out _))
            {
                result.AddError($"must be addresses or networks such as '10.0.0.0/8', but one is '{proxy}'.", nameof(options.TrustedProxies));
            }
        }

        CheckPositive(result, options.ConnectTimeout, nameof(options.ConnectTimeout));
        CheckPositive(result, options.PooledConnectionLifetime, nameof(options.PooledConnectionLifetime));
        CheckPositive(result, options.PooledConnectionIdleTimeout, nameof(options.PooledConnectionIdleTimeout));
        if (options.MaxConnectionsPerServer < 1)
        {
            result.AddError($"must be at least 1, but is {options.MaxConnectionsPerServer}.", nameof(options.MaxConnectionsPerServer));
        }

        if (options.MaxRateLimitKeys is < 1_000 or > 100_000_000)
        {
            result.AddError($"must be from 1000 to 100000000, but is {options.MaxRateLimitKeys}.", nameof(options.MaxRateLimitKeys));
        }

        CheckRange(result, options.MaxTemplateBytes, 10 << 20, nameof(options.MaxTemplateBytes));
        CheckRange(result, options.MaxTemplateIterations, 1_000_000, nameof(options.MaxTemplateIterations));
        CheckRange(result, options.MaxTemplateOutputBytes, 64 << 20, nameof(options.MaxTemplateOutputBytes));
        CheckRange(result, options.MaxTemplateSteps, 1_000_000_000, nameof(options.MaxTemplateSteps));
        CheckRange(result, options.MaxTemplateNesting, 100, nameof(options.MaxTemplateNesting));
        CheckLambda(result, options.Lambda);
        CheckAws(result, options.Aws);
        foreach (var (link, address) in options.VpcLinks)
        {
            CheckServer(result, address, $"{nameof(options.VpcLinks)}:{link}");
        }

        CallerOptionsValidator.Check(result, options);
        WebSocketApiOptionsValidator.Check(result, options.WebSockets);
        CheckPositive(result, options.Cache.StoreTimeout, $"{nameof(options.Cache)}:{nameof(options.Cache.StoreTimeout)}");
        if (options.Cache.EncryptionKey is { } key && !CacheOptions.TryReadKey(key, out _))
        {
            // The text is a secret, so it is not told.
            result.AddError("must be 16, 24 or 32 bytes as base64, but is not.", $"{nameof(options.Cache)}:{nameof(options.Cache.EncryptionKey)}");
        }

        return result.Build();
    }

    private static void CheckLambda(ValidateOptionsResultBuilder result, LambdaOptions lambda)
    {
        const string Name = nameof(ApiGatewayOptions.Lambda);

        CheckEndpoint(result, lambda.Endpoint, $"{Name}:{nameof(lambda.Endpoint)}");
        foreach (var (function, endpoint) in lambda.Functions)
        {
            CheckEndpoint(result, endpoint, $"{Name}:{nameof(lambda.Functions)}:{function}:Endpoint");
            if (!LambdaFunctionName.TryParse(function, out _))
            {
                result.AddError($"must be named by function names or ARNs, but one is '{function}'.", $"{Name}:{nameof(lambda.Functions)}");
            }
        }

        CheckKeys(result, lambda.AccessKeyId, lambda.SecretAccessKey, Name);
    }

    private static void CheckAws(ValidateOptionsResultBuilder result, AwsOptions aws)
    {
        const string Name = nameof(ApiGatewayOptions.Aws);

        CheckServer(result, aws.Endpoint, $"{Name}:{nameof(aws.Endpoint)}");
        foreach (var (service, endpoint) in aws.Endpoints)
        {
            CheckServer(result, endpoint, $"{Name}:{nameof(aws.Endpoints)}:{service}");
        }

        CheckKeys(result, aws.AccessKeyId, aws.SecretAccessKey, Name);
    }

    private static void CheckServer(ValidateOptionsResultBuilder result, string? endpoint, string name)
    {
        if (endpoint is not null && !ServerAddress.TryParse(endpoint, out _))
        {
            result.AddError($"must be scheme, host and port such as 'http://127.0.0.1:4566', but is '{endpoint}'.", name);
        }
    }

    private static void CheckKeys(ValidateOptionsResultBuilder result, string? accessKeyId, string? secretAccessKey, string name)
    {
        if (string.IsNullOrEmpty(accessKeyId) != string.IsNullOrEmpty(secretAccessKey))
        {
            result.AddError(
                $"'{nameof(AwsOptions.AccessKeyId)}' and '{nameof(AwsOptions.SecretAccessKey)}' must both be there or both be missing, but one is missing.", name);
        }
    }

    private static void CheckEndpoint(ValidateOptionsResultBuilder result, string? endpoint, string name)
    {
        if (endpoint is not null && !(Uri.TryCreate(endpoint, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https"))
        {
            result.AddError($"must be an address such as 'http://127.0.0.1:3001', but is '{endpoint}'.", name);
        }
    }

    private static void CheckRange(ValidateOptionsResultBuilder result, int value, int highest, string name)
    {
        if (value < 1 || value > highest)
        {
            result.AddError($"must be from 1 to {highest}, but is {value}.", name);
        }
    }

    private static void CheckPositive(ValidateOptionsResultBuilder result, TimeSpan value, string name)
    {
        if (value <= TimeSpan.Zero || value > TimeSpan.FromDays(1))
        {
            result.AddError($"must be more than 0 and at most 1 day, but is {value}.", name);
        }
    }
}
