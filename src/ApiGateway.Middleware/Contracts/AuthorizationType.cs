namespace ApiGateway.Middleware.Contracts;

/// <summary>Who may call a method; <c>AuthorizationType</c> of <c>AWS::ApiGateway::Method</c>.</summary>
public enum AuthorizationType
{
    /// <summary><c>NONE</c>: everybody.</summary>
    None,

    /// <summary><c>AWS_IAM</c>: callers that sign their requests.</summary>
    AwsIam,

    /// <summary><c>CUSTOM</c>: callers that an authorizer lets in.</summary>
    Custom,

    /// <summary><c>COGNITO_USER_POOLS</c>: callers with a token of a user pool.</summary>
    CognitoUserPools,

    /// <summary><c>JWT</c>: callers with a token of an OpenID Connect issuer.</summary>
    Jwt,
}
