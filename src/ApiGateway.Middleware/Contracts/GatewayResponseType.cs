namespace ApiGateway.Middleware.Contracts;

/// <summary>Why the gateway answers a request itself. See "Gateway response types" in the Amazon API Gateway developer guide.</summary>
public enum GatewayResponseType
{
    /// <summary><c>DEFAULT_4XX</c>: any other refusal.</summary>
    Default4xx,

    /// <summary><c>DEFAULT_5XX</c>: any other failure.</summary>
    Default5xx,

    /// <summary><c>ACCESS_DENIED</c>: the caller is known but not allowed.</summary>
    AccessDenied,

    /// <summary><c>API_CONFIGURATION_ERROR</c>: the definition cannot be carried out for this request.</summary>
    ApiConfigurationError,

    /// <summary><c>AUTHORIZER_CONFIGURATION_ERROR</c>: the authorizer could not be called.</summary>
    AuthorizerConfigurationError,

    /// <summary><c>AUTHORIZER_FAILURE</c>: the authorizer failed.</summary>
    AuthorizerFailure,

    /// <summary><c>BAD_REQUEST_PARAMETERS</c>: a required parameter is missing.</summary>
    BadRequestParameters,

    /// <summary><c>BAD_REQUEST_BODY</c>: the body does not match its model.</summary>
    BadRequestBody,

    /// <summary><c>EXPIRED_TOKEN</c>: the caller's credentials have expired.</summary>
    ExpiredToken,

    /// <summary><c>INTEGRATION_FAILURE</c>: the backend could not be reached or broke off.</summary>
    IntegrationFailure,

    /// <summary><c>INTEGRATION_TIMEOUT</c>: the backend did not answer in time.</summary>
    IntegrationTimeout,

    /// <summary><c>INVALID_API_KEY</c>: the API key is missing or unknown.</summary>
    InvalidApiKey,

    /// <summary><c>INVALID_SIGNATURE</c>: the request's signature does not hold.</summary>
    InvalidSignature,

    /// <summary><c>MISSING_AUTHENTICATION_TOKEN</c>: no credentials, or no such method and resource.</summary>
    MissingAuthenticationToken,

    /// <summary><c>QUOTA_EXCEEDED</c>: the usage plan's quota is used up.</summary>
    QuotaExceeded,

    /// <summary><c>REQUEST_TOO_LARGE</c>: the body is over the limit. Cannot be customized.</summary>
    RequestTooLarge,

    /// <summary><c>RESOURCE_NOT_FOUND</c>: the resource vanished after the request was let in.</summary>
    ResourceNotFound,

    /// <summary><c>THROTTLED</c>: too many requests.</summary>
    Throttled,

    /// <summary><c>UNAUTHORIZED</c>: the caller's credentials are missing or refused by the authorizer.</summary>
    Unauthorized,

    /// <summary><c>UNSUPPORTED_MEDIA_TYPE</c>: no template takes this content type.</summary>
    UnsupportedMediaType,

    /// <summary><c>WAF_FILTERED</c>: a web access control list blocked the request.</summary>
    WafFiltered,
}
