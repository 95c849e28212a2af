namespace ApiGateway.Middleware.Contracts;

/// <summary>How the gateway asks a backend; <c>Type</c> of an integration in settings.</summary>
public enum IntegrationKind
{
    /// <summary><c>HTTP_PROXY</c>: the request goes to an HTTP backend as it came.</summary>
    HttpProxy,

    /// <summary><c>HTTP</c>: an HTTP backend gets what the mappings say, and the client what the response mappings say.</summary>
    Http,

    /// <summary><c>MOCK</c>: the gateway answers without a backend.</summary>
    Mock,

    /// <summary><c>IN_PROCESS</c>: the rest of the application's pipeline, or a named handler, answers.</summary>
    InProcess,

    /// <summary><c>AWS_PROXY</c>: a Lambda function gets the whole request as an event.</summary>
    AwsProxy,

    /// <summary><c>AWS</c>: an AWS service, or a Lambda function, gets what the mappings say.</summary>
    Aws,
}
