using System.Collections.Frozen;

namespace ApiGateway.Middleware.Compilation;

/// <summary>How services want an action to be named: <c>X-Amz-Target</c> where they speak JSON, else query parameters with a version.</summary>
/// <remarks>Source: the API reference of each service.</remarks>
internal static class AwsServiceProtocols
{
    private const string Json10 = "application/x-amz-json-1.0";
    private const string Json11 = "application/x-amz-json-1.1";

    private static readonly FrozenDictionary<string, (string Prefix, string ContentType)> Json = new Dictionary<string, (string Prefix, string ContentType)>(StringComparer.Ordinal)
    {
        ["cognito-idp"] = ("AWSCognitoIdentityProviderService", Json11),
        ["dynamodb"] = ("DynamoDB_20120810", Json10),
        ["events"] = ("AWSEvents", Json11),
        ["firehose"] = ("Firehose_20150804", Json11),
        ["kinesis"] = ("Kinesis_20131202", Json11),
        ["kms"] = ("TrentService", Json11),
        ["logs"] = ("Logs_20140328", Json11),
        ["secretsmanager"] = ("secretsmanager", Json11),
        ["ssm"] = ("AmazonSSM", Json11),
        ["states"] = ("AWSStepFunctions", Json10),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private static readonly FrozenDictionary<string, string> Versions = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["autoscaling"] = "2011-01-01",
        ["cloudformation"] = "2010-05-15",
        ["ec2"] = "2016-11-15",
        ["elasticloadbalancing"] = "2015-12-01",
        ["email"] = "2010-12-01",
        ["iam"] = "2010-05-08",
        ["monitoring"] = "2010-08-01",
        ["rds"] = "2014-10-31",
        ["sns"] = "2010-03-31",
        ["sqs"] = "2012-11-05",
        ["sts"] = "2011-06-15",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Finds how a service that speaks JSON wants an action.</summary>
    public static bool TryGetJson(string service, string action, out string target, out string contentType)
    {
        var isFound = Json.TryGetValue(service, out var found);
        target = $"{found.Prefix}.{action}";
        contentType = found.ContentType;
        return isFound;
    }

    /// <summary>Gets the version of a service's API that is called by query, or <see langword="null"/> if it is not known.</summary>
    public static string? VersionOf(string service) => Versions.GetValueOrDefault(service);
}
