using System.Collections.Frozen;
using ApiGateway.Middleware.Contracts;
using ApiGateway.Middleware.Languages.Expressions;

namespace ApiGateway.Middleware.Snapshots;

/// <summary>How a route turns the client's request into that of its integration.</summary>
internal sealed class RequestTransformationPlan
{
    public required ParameterMapping[] Parameters { get; init; }

    /// <summary>Gets the body templates; none for proxy kinds, which do not have them.</summary>
    public required TemplateSet Templates { get; init; }

    /// <summary>Gets what gives the key of the template, or <see langword="null"/> if the content type does.</summary>
    public SelectionExpression? TemplateSelection { get; init; }

    public required PassthroughBehavior Passthrough { get; init; }

    public required ContentHandling ContentHandling { get; init; }

    /// <summary>Gets whether bodies change between text and bytes; if not, they pass as they are.</summary>
    public required bool ConvertsBody { get; init; }

    /// <summary>Gets whether every body is text that is coded as base64 or decoded, whatever its type.</summary>
    public bool IsAlwaysText { get; init; }

    /// <summary>Gets the headers that a mapping or template must not set: they fail the request.</summary>
    public required FrozenSet<string> IllegalHeaders { get; init; }

    /// <summary>Gets whether the integration reads the body itself, even if no template takes it.</summary>
    public required bool AlwaysTakesBody { get; init; }

    /// <summary>Gets whether overriding one parameter twice fails the request.</summary>
    public required bool RefusesRepeatedOverrides { get; init; }

    /// <summary>Gets whether a parameter comes from the body.</summary>
    public bool MapsBody => Array.Exists(Parameters, static mapping => mapping.ReadsBody);
}
