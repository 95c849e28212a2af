using System.Buffers;
using System.Collections.Frozen;
using System.Globalization;
using ApiGateway.Middleware.Definitions;
using ApiGateway.Middleware.Languages.Expressions;
using ApiGateway.Middleware.Snapshots;

namespace ApiGateway.Middleware.Compilation;

/// <summary>Compiles the parameter mappings of an HTTP API's integration for one stage.</summary>
/// <param name="origin">Where the integration was written.</param>
/// <param name="stage">The stage, which gives its variables.</param>
/// <param name="errors">Receives what is wrong.</param>
internal sealed class ParameterMappingCompiler(DefinitionOrigin origin, StageSnapshot stage, DefinitionErrors errors)
{
    private const int MinStatus = 200;
    private const int MaxStatus = 599;
    private const string RequestKeys =
        "'append|overwrite|remove:header.name', 'append|overwrite|remove:querystring.name' or 'overwrite:path'";

    private const string ResponseKeys = "'append|overwrite|remove:header.name' or 'overwrite:statuscode'";

    // RFC 9110 5.6.2.
    private static readonly SearchValues<char> TokenCharacters = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789!#$%&'*+-.^_`|~");

    /// <summary>Compiles.</summary>
    /// <param name="request">The mappings of requests: target to value.</param>
    /// <param name="responses">The mappings of responses by status.</param>
    /// <returns>The plan, or <see langword="null"/> if nothing changes.</returns>
    public ParameterMappingPlan? Compile(
        IEnumerable<KeyValuePair<string, string>> request, IEnumerable<KeyValuePair<string, IDictionary<string, string>>> responses)
    {
        var changes = Compile(request, origin.Child("RequestParameters"), isResponse: false);
        var byStatus = new Dictionary<int, ParameterChange[]>();
        foreach (var (text, parameters) in responses)
        {
            var at = origin.Child("ResponseParameters").Child(text);
            if (text.Length != 3 || !int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var status)
                || status is < MinStatus or > MaxStatus)
            {
                errors.Add(at, $"Response parameters are mapped by status, from {MinStatus} to {MaxStatus}, but it is '{text}'.");
            }
            else if (Compile(parameters, at, isResponse: true) is { Length: > 0 } found)
            {
                byStatus[status] = found;
            }
        }

        return changes.Length == 0 && byStatus.Count == 0 ? null : new ParameterMappingPlan(changes, byStatus.ToFrozenDictionary());
    }

    private ParameterChange[] Compile(IEnumerable<KeyValuePair<string, string>> parameters, DefinitionOrigin at, bool isResponse)
    {
        var changes = new List<ParameterChange>();
        foreach (var (key, value) in parameters)
        {
            // An empty value takes a mapping away.
            if (value.Length > 0 && Compile(key, value, at.Child(key), isResponse) is { } change)
            {
                changes.Add(change);
            }
        }

        // Definitions have no order of their own, so what meets in one target is carried out in that of the actions.
        return [.. changes.OrderBy(static change => change.Action)];
    }

    private ParameterChange? Compile(string key, string value, DefinitionOrigin at, bool isResponse)
    {
        var colon = key.IndexOf(':', StringComparison.Ordinal);
        var action = (colon < 0 ? "" : key[..colon]) switch
        {
            "append" => MappingAction.Append,
            "overwrite" => MappingAction.Overwrite,
            "remove" => MappingAction.Remove,
            _ => default(MappingAction?),
        };
        if (action is null || TargetOf(key[(colon + 1)..], action.Value, isResponse) is not var (target, name))
        {
            errors.Add(at, $"A key of a {(isResponse ? "response" : "request")} mapping is {(isResponse ? ResponseKeys : RequestKeys)}, but is '{key}'.");
            return null;
        }

        if (target == MappingTarget.Header && ReservedHeaders.Contain(name))
        {
            errors.Add(at, $"Operations on header {name} are restricted. Remove the mapping.");
            return null;
        }

        if (action == MappingAction.Remove)
        {
            if (value != "''")
            {
                errors.Add(at, $"The value of a removal is '' (two quotes), but is '{value}'.");
            }

            return new ParameterChange(MappingAction.Remove, target, name, null);
        }

        if (!MappingExpression.TryParse(value, isResponse, out var expression, out var error))
        {
            errors.Add(at, $"Invalid mapping expression specified: {error}, but the value is '{value}'.");
            return null;
        }

        if (!isResponse && action == MappingAction.Append && name.Equals("host", StringComparison.OrdinalIgnoreCase))
        {
            errors.Warn(at, "A request has one host. Append has no effect on it; use 'overwrite:header.host'.");
            return null;
        }

        return new ParameterChange(action.Value, target, name, expression.Fill(stage.Variables));
    }

    private static (MappingTarget Target, string Name)? TargetOf(string text, MappingAction action, bool isResponse)
    {
        const string Header = "header.";
        const string Query = "querystring.";

        if (text.StartsWith(Header, StringComparison.Ordinal) && text.Length > Header.Length
            && !text.AsSpan(Header.Length).ContainsAnyExcept(TokenCharacters))
        {
            return (MappingTarget.Header, text[Header.Length..]);
        }

        if (!isResponse && text.StartsWith(Query, StringComparison.Ordinal) && text.Length > Query.Length)
        {
            return (MappingTarget.Query, text[Query.Length..]);
        }

        return (text, action, isResponse) switch
        {
            ("path", MappingAction.Overwrite, false) => (MappingTarget.Path, ""),
            ("statuscode", MappingAction.Overwrite, true) => (MappingTarget.StatusCode, ""),
            _ => null,
        };
    }
}
