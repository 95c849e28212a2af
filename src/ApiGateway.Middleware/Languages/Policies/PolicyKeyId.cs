namespace ApiGateway.Middleware.Languages.Policies;

/// <summary>The condition keys that the gateway supplies itself.</summary>
internal enum PolicyKeyId
{
    /// <summary>Not in this list: told by its name.</summary>
    Other,
    CurrentTime,
    EpochTime,
    SecureTransport,
    SourceIp,
    VpcSourceIp,
    SourceVpc,
    SourceVpce,
    UserAgent,
    Referer,
    SourceArn,
    SourceAccount,
    PrincipalArn,
    PrincipalAccount,
    PrincipalType,
    UserId,
    UserName,
    PrincipalOrgId,
    PrincipalOrgPaths,

    /// <summary><c>aws:PrincipalTag/name</c>: <see cref="PolicyKey.Argument"/> has the name.</summary>
    PrincipalTag,
    TokenIssueTime,
    MultiFactorAuthPresent,
    MultiFactorAuthAge,
    RequestedRegion,
    ResourceAccount,
    ViaAwsService,
}
