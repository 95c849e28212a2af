namespace ApiGateway.Middleware.Definitions;

/// <summary>Settings of a stage for a method, or for all; <c>MethodSetting</c> of <c>AWS::ApiGateway::Stage</c>.</summary>
public sealed class MethodSettingDefinition : DefinitionNode
{
    /// <summary>Gets or sets how many requests per second the method serves to all callers together, from 0 to 1,000,000,000.</summary>
    /// <value>The default is 10,000 if <see cref="ThrottlingBurstLimit"/> is set, else no limit.</value>
    public double? ThrottlingRateLimit { get; set; }

    /// <summary>Gets or sets how many requests the method serves at once, 0 or more.</summary>
    /// <value>The default is 5,000 if <see cref="ThrottlingRateLimit"/> is set, else no limit.</value>
    public int? ThrottlingBurstLimit { get; set; }
}
