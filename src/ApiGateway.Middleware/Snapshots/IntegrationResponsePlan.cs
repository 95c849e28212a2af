using System.Text.RegularExpressions;
using ApiGateway.Middleware.Contracts;
using ApiGateway.Middleware.Languages.Expressions;

namespace ApiGateway.Middleware.Snapshots;

/// <summary>What becomes of the answers that one integration response takes.</summary>
internal sealed class IntegrationResponsePlan
{
    /// <summary>Gets the status that the client gets.</summary>
    public required int Status { get; init; }

    /// <summary>Gets the pattern, or <see langword="null"/> of the default response.</summary>
    public required Regex? Pattern { get; init; }

    /// <summary>Gets whether the method declares the status. If not, the client gets 500.</summary>
    public required bool IsDeclared { get; init; }

    public required ParameterMapping[] Parameters { get; init; }

    public required TemplateSet Templates { get; init; }

    /// <summary>Gets what gives the key of the template, or <see langword="null"/> if the client's <c>Accept</c> does.</summary>
    public SelectionExpression? TemplateSelection { get; init; }

    public required ContentHandling ContentHandling { get; init; }

    /// <summary>Gets whether a header comes from the body.</summary>
    public bool MapsBody => Array.Exists(Parameters, static mapping => mapping.ReadsBody);
}
