using ApiGateway.Middleware.Redis.Connection;
using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace ApiGateway.Middleware.Redis.Hosting;

/// <summary>Checks <see cref="RedisOptions"/> at start. No message repeats <see cref="RedisOptions.Configuration"/>: it holds passwords.</summary>
internal sealed class RedisOptionsValidator(RedisMultiplexerSource source) : IValidateOptions<RedisOptions>
{
    private const int PrefixLimit = 64;
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(10);

    public ValidateOptionsResult Validate(string? name, RedisOptions options)
    {
        var failures = new List<string>();
        if (!source.IsGiven)
        {
            CheckConfiguration(options.Configuration, failures);
        }

        if (options.KeyPrefix is null || options.KeyPrefix.Length > PrefixLimit || options.KeyPrefix.AsSpan().ContainsAny('{', '}'))
        {
            failures.Add(
                $"{RedisOptions.SectionName}:KeyPrefix: must have up to {PrefixLimit} characters and no braces, which tell a cluster where a key lives, but is '{options.KeyPrefix}'.");
        }

        if (!Enum.IsDefined(options.Mode))
        {
            failures.Add($"{RedisOptions.SectionName}:Mode: must be Exact or Leased, but is {(int)options.Mode}.");
        }

        if (!Enum.IsDefined(options.OnFailure))
        {
            failures.Add($"{RedisOptions.SectionName}:OnFailure: must be Local, Open or Closed, but is {(int)options.OnFailure}.");
        }

        foreach (var (api, mode) in options.OnFailureOf)
        {
            if (!Enum.IsDefined(mode))
            {
                failures.Add($"{RedisOptions.SectionName}:OnFailureOf:{api}: must be Local, Open or Closed, but is {(int)mode}.");
            }
        }

        if (!Enum.IsDefined(options.Cache))
        {
            failures.Add($"{RedisOptions.SectionName}:Cache: must be MemoryAndRedis, Redis or Memory, but is {(int)options.Cache}.");
        }

        if (options.Timeout < TimeSpan.FromMilliseconds(1) || options.Timeout > LongestWait)
        {
            failures.Add($"{RedisOptions.SectionName}:Timeout: must be from 00:00:00.001 to {LongestWait:c}, but is {options.Timeout:c}.");
        }

        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }

    private static void CheckConfiguration(string? configuration, List<string> failures)
    {
        if (string.IsNullOrWhiteSpace(configuration))
        {
            failures.Add(
                $"{RedisOptions.SectionName}:Configuration: must name a server, such as '127.0.0.1:6379', but is empty. Set it, or hand the application's connection to AddRedis.");
            return;
        }

        try
        {
            if (ConfigurationOptions.Parse(configuration).EndPoints.Count == 0)
            {
                failures.Add($"{RedisOptions.SectionName}:Configuration: must name a server, such as '127.0.0.1:6379', but has none.");
            }
        }
        catch (Exception exception) when (exception is ArgumentException or FormatException or OverflowException)
        {
            failures.Add(
                $"{RedisOptions.SectionName}:Configuration: cannot be read ({exception.GetType().Name}). Write it as StackExchange.Redis does: '127.0.0.1:6379,password=...,ssl=true'.");
        }
    }
}
