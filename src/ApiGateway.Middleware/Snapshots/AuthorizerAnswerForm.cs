namespace ApiGateway.Middleware.Snapshots;

/// <summary>What a function that authorizes answers.</summary>
internal enum AuthorizerAnswerForm
{
    /// <summary>REST APIs: a policy, and a context of texts.</summary>
    TextPolicy,

    /// <summary>HTTP APIs: a policy, and a context of JSON values, format <c>1.0</c> or <c>2.0</c>.</summary>
    JsonPolicy,

    /// <summary>HTTP APIs with simple responses: yes or no, and a context of JSON values.</summary>
    Simple,
}
