using System.Buffers;
using System.Collections.Frozen;
using ApiGateway.Middleware.Definitions;
using ApiGateway.Middleware.Languages.Expressions;
using ApiGateway.Middleware.Snapshots;

namespace ApiGateway.Middleware.Compilation;

/// <summary>Compiles <c>requestParameters</c> and <c>responseParameters</c> for one stage.</summary>
/// <remarks>Of the method are read its declarations; routes of messages have none.</remarks>
internal sealed class TransformationMappings(
    MethodDefinition? method, DefinitionOrigin origin, StageSnapshot stage, bool isExact, DefinitionErrors errors)
{
    private const string RequestPrefix = "integration.request.";
    private const string MethodResponse = "method.response.header.";

    // RFC 9110 5.6.2.
    private static readonly SearchValues<char> TokenCharacters = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789!#$%&'*+-.^_`|~");

    /// <summary>Gets what the parameters of a client's request begin with.</summary>
    public string SourcePrefix { get; init; } = ParameterExpression.MethodRequest;

    /// <summary>Gets what the headers of the answer begin with.</summary>
    public string ResponsePrefix { get; init; } = MethodResponse;

    /// <summary>Compiles the mappings of a request.</summary>
    /// <param name="parameters">Target to source.</param>
    /// <param name="illegal">The headers that must not be set.</param>
    public ParameterMapping[] CompileRequest(IDictionary<string, string> parameters, FrozenSet<string> illegal)
    {
        var mappings = new List<ParameterMapping>();
        foreach (var (target, text) in parameters)
        {
            var at = origin.Child(target);
            if (TargetOf(target, at) is not var (kind, name))
            {
                continue;
            }

            if (!ParameterExpression.TryParseRequest(text, SourcePrefix, out var source))
            {
                Invalid(at, text);
                continue;
            }

            WarnOfUndeclared(source, text, at);
            var isIllegal = kind == MappingTarget.Header && illegal.Contains(name);
            if (isIllegal)
            {
                WarnOfIllegal(name, at);
            }

            if (isIllegal || kind != MappingTarget.Header || !MappedHeaders.RequestDropped.Contains(name))
            {
                mappings.Add(new ParameterMapping(kind, name, source, ConstantOf(source), isIllegal));
            }
        }

        return [.. mappings];
    }

    /// <summary>Compiles the headers of a response.</summary>
    /// <param name="parameters">Target to source.</param>
    /// <param name="status">The status of the method response.</param>
    /// <param name="remaps">Whether names change as the managed service changes them.</param>
    public ParameterMapping[] CompileResponse(IDictionary<string, string> parameters, string status, bool remaps)
    {
        var mappings = new List<ParameterMapping>();
        foreach (var (target, text) in parameters)
        {
            var at = origin.Child(target);
            if (!target.StartsWith(ResponsePrefix, StringComparison.Ordinal) || !IsHeaderName(target.AsSpan(ResponsePrefix.Length)))
            {
                errors.Add(at, $"A response parameter's name is '{ResponsePrefix}Name' with a legal header name, but is '{target}'.");
                continue;
            }

            if (!ParameterExpression.TryParseResponse(text, out var source))
            {
                Invalid(at, text);
                continue;
            }

            if (isExact && method?.MethodResponses.TryGetValue(status, out var declared) == true && !declared.ResponseParameters.ContainsKey(target))
            {
                errors.Warn(at, $"The method does not declare '{target}' for status {status}. Amazon API Gateway would refuse the mapping.");
            }

            var name = target[ResponsePrefix.Length..];
            if (MappedHeaders.NameForClient(name, remaps) is { } outside)
            {
                mappings.Add(new ParameterMapping(MappingTarget.Header, outside, source, ConstantOf(source)));
            }
            else
            {
                errors.Warn(at, $"The gateway writes the header '{name}' itself. The mapping has no effect.");
            }
        }

        return [.. mappings];
    }

    private (MappingTarget Kind, string Name)? TargetOf(string target, DefinitionOrigin at)
    {
        foreach (var (location, kind) in (ReadOnlySpan<(string, MappingTarget)>)
            [("header.", MappingTarget.Header), ("querystring.", MappingTarget.Query), ("path.", MappingTarget.Path)])
        {
            var prefix = RequestPrefix + location;
            if (target.Length > prefix.Length && target.StartsWith(prefix, StringComparison.Ordinal)
                && (kind != MappingTarget.Header || IsHeaderName(target.AsSpan(prefix.Length))))
            {
                return (kind, target[prefix.Length..]);
            }
        }

        errors.Add(
            at, $"A request parameter's name is '{RequestPrefix}header.Name', '.querystring.name' or '.path.name', but is '{target}'.");
        return null;
    }

    // Static texts and stage variables do not depend on the request.
    private string? ConstantOf(ParameterExpression source) => source.Kind switch
    {
        ParameterKind.Static => source.Name,
        ParameterKind.StageVariable => stage.Variables.GetValueOrDefault(source.Name, ""),
        _ => null,
    };

    private void Invalid(DefinitionOrigin at, string text) =>
        errors.Add(at, $"Invalid mapping expression specified: Validation Result: warnings : [], errors : [Invalid mapping expression specified: {text}]");

    private void WarnOfUndeclared(ParameterExpression source, string text, DefinitionOrigin at)
    {
        var location = source.Kind switch
        {
            ParameterKind.PathParameter => "path",
            ParameterKind.QueryString or ParameterKind.MultiValueQueryString => "querystring",
            ParameterKind.Header or ParameterKind.MultiValueHeader => "header",
            _ => null,
        };
        if (isExact && method is not null && location is not null && !method.RequestParameters.ContainsKey($"method.request.{location}.{source.Name}"))
        {
            errors.Warn(at, $"The method does not declare the parameter of '{text}'. Amazon API Gateway would refuse the mapping.");
        }
    }

    private void WarnOfIllegal(string name, DefinitionOrigin at)
    {
        if (isExact)
        {
            errors.Warn(at, $"The header '{name}' cannot be mapped. Requests for which the mapping has a value will fail with 500.");
        }
        else
        {
            errors.Add(at, $"The header '{name}' cannot be mapped: the gateway writes it itself. Remove the mapping.");
        }
    }

    private static bool IsHeaderName(ReadOnlySpan<char> name) => !name.IsEmpty && !name.ContainsAnyExcept(TokenCharacters);
}
