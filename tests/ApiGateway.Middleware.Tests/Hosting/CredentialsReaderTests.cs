using ApiGateway.Middleware.Contracts;
using ApiGateway.Middleware.Hosting;
using Microsoft.Extensions.Configuration;

namespace ApiGateway.Middleware.Tests.Hosting;

public sealed class CredentialsReaderTests
{
    private const string Policy = """{"Version":"2012-10-17","Statement":[]}""";

    private readonly List<string> _failures = [];

    [Fact]
    public void Read_CompleteEntry_GivesKeyAndOwner()
    {
        var credential = Assert.Single(Read(
            ("AKID:SecretAccessKey", "s3cret"), ("AKID:SessionToken", "token"), ("AKID:Expires", "2030-01-31T12:00:00Z"),
            ("AKID:PrincipalArn", "arn:aws:iam::123456789012:user/team/ann"), ("AKID:UserId", "AIDA1"), ("AKID:Policies:0", Policy)));

        Assert.Empty(_failures);
        Assert.Equal("AKID", credential.AccessKeyId);
        Assert.Equal("token", credential.SessionToken);
        Assert.Equal(new DateTimeOffset(2030, 1, 31, 12, 0, 0, TimeSpan.Zero), credential.SessionExpiration);
        Assert.Equal("123456789012", credential.AccountId);
        Assert.Equal("ann", credential.UserName);
        Assert.Equal("AIDA1", credential.UserId);
        Assert.Equal([Policy], credential.IdentityPolicies);
        Assert.True(credential.IsActive);
        Assert.Equal("AKID", credential.ToString());
    }

    [Fact]
    public void Read_PolicyFile_IsReadFromTheContentRoot()
    {
        var folder = Directory.CreateTempSubdirectory().FullName;
        try
        {
            File.WriteAllText(Path.Combine(folder, "ann.json"), Policy);

            var credentials = CredentialsReader.Read(Section(("A:SecretAccessKey", "s"), ("A:Policies:0", "ann.json"), ("A:Policies:1", "no.json")), folder, _failures);

            Assert.Equal([Policy], Assert.Single(credentials).IdentityPolicies);
            Assert.StartsWith("Credentials:A:Policies:1: the file '", Assert.Single(_failures), StringComparison.Ordinal);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Theory]
    [InlineData("arn:aws:sts::123456789012:assumed-role/dev/ann", SigV4PrincipalType.AssumedRole)]
    [InlineData("arn:aws:sts::123456789012:federated-user/ann", SigV4PrincipalType.FederatedUser)]
    [InlineData("arn:aws:iam::123456789012:root", SigV4PrincipalType.Account)]
    [InlineData("arn:aws:iam::123456789012:user/ann", SigV4PrincipalType.User)]
    public void Read_PrincipalArn_TellsTheType(string arn, SigV4PrincipalType type) =>
        Assert.Equal(type, Assert.Single(Read(("A:SecretAccessKey", "s"), ("A:PrincipalArn", arn))).PrincipalType);

    [Theory]
    [InlineData("Inactive", false)]
    [InlineData("active", true)]
    public void Read_Status_DecidesWhetherTheKeyIsUsed(string status, bool isActive) =>
        Assert.Equal(isActive, Assert.Single(Read(("A:SecretAccessKey", "s"), ("A:Status", status))).IsActive);

    [Theory]
    [InlineData("UserId", "x", "Credentials:A:SecretAccessKey: is missing.")]
    [InlineData("Secret", "hidden", "Credentials:A:Secret: is not known here.")]
    [InlineData("Status", "on", "Credentials:A:Status: must be 'Active' or 'Inactive', but is 'on'.")]
    [InlineData("Expires", "soon", "Credentials:A:Expires: must be a time such as '2030-01-31T12:00:00Z', but is 'soon'.")]
    [InlineData("Expires", "2030-01-01", "Credentials:A:Expires: only temporary keys expire.")]
    [InlineData("PrincipalArn", "ann", "Credentials:A:PrincipalArn: must be the ARN of a user, session or account")]
    [InlineData("Policies:0:Version", "2012-10-17", "Credentials:A:Policies:0: must be the name of a file")]
    public void Read_WrongEntry_SaysWhatAndShowsNoSecret(string key, string value, string failure)
    {
        Read(key == "UserId" ? [($"A:{key}", value)] : [("A:SecretAccessKey", "s3cret"), ($"A:{key}", value)]);

        Assert.StartsWith(failure, Assert.Single(_failures), StringComparison.Ordinal);
        Assert.DoesNotContain("s3cret", _failures[0], StringComparison.Ordinal);
        Assert.DoesNotContain("hidden", _failures[0], StringComparison.Ordinal);
    }

    [Fact]
    public void Read_SigV4Options_TakesAllAndNamesWhatIsWrong()
    {
        var options = new SigV4Options();
        SigV4OptionsReader.Read(
            Section(("ClockSkew", "00:01:00"), ("AcceptedRegions:0", "eu-west-1"), ("VerboseMismatch", "true"), ("MinAccessKeyIdLength", "0"), ("Skew", "1")),
            options,
            _failures);

        Assert.Equal(TimeSpan.FromMinutes(1), options.ClockSkew);
        Assert.Equal(["eu-west-1"], options.AcceptedRegions);
        Assert.True(options.VerboseMismatch);
        Assert.StartsWith("SigV4:Skew: is not known here.", _failures[0], StringComparison.Ordinal);
        Assert.Equal("SigV4:MinAccessKeyIdLength: must be a whole number from 1 to 128, but is '0'.", _failures[1]);
    }

    [Fact]
    public void Read_JwtOptions_TakesAllAndNamesWhatIsWrong()
    {
        var options = new JwtOptions();
        JwtOptionsReader.Read(
            Section(("JwksTtl", "00:10:00"), ("AllowInsecureJwks", "true"), ("TokenCacheSize", "0"), ("JwksMaxStale", "00:05:00")), options, _failures);

        Assert.Equal(TimeSpan.FromMinutes(10), options.JwksTtl);
        Assert.True(options.AllowInsecureJwks);
        Assert.Equal(0, options.TokenCacheSize);
        Assert.Equal("Jwt:JwksMaxStale: must be a duration from '00:10:00' to '365.00:00:00', but is '00:05:00'.", Assert.Single(_failures));
    }

    private static IConfigurationSection Section(params (string Key, string Value)[] values) => new ConfigurationBuilder()
        .AddInMemoryCollection(values.Select(static value => KeyValuePair.Create("S:" + value.Key, (string?)value.Value))).Build().GetSection("S");

    private IReadOnlyList<SigV4Credential> Read(params (string Key, string Value)[] values) =>
        CredentialsReader.Read(Section(values), "/", _failures);
}
