using System.Security.Cryptography;
using System.Text;
using ApiGateway.Middleware.Definitions;
using ApiGateway.Middleware.Languages.Expressions;
using ApiGateway.Middleware.Snapshots;

namespace ApiGateway.Middleware.Compilation;

/// <summary>Compiles what the answers of a method depend on, for APIs of every kind.</summary>
internal sealed class CacheKeyCompiler(bool isSafe, CachePolicyDefinition? policy, bool isExactDefinition, DefinitionErrors errors)
{
    // Of what the prefix is made, and how the parts are written: changed with either.
    private const string Version = "1";
    private const string IntegrationPrefix = "integration.request.";

    private readonly List<CacheKeyPart> _parts = [];

    /// <summary>Compiles, or gives <see langword="null"/> if the key cannot be known before the integration is asked.</summary>
    /// <param name="space">The namespace; by default the resource's id.</param>
    /// <param name="parameters">The declared parameters.</param>
    /// <param name="mapped">The integration's parameters and their sources.</param>
    /// <param name="variables">The path variables.</param>
    /// <param name="authorizes">Whether the method finds out who calls.</param>
    /// <param name="origin">Where the parameters were written.</param>
    public CacheKeyPlan? Compile(
        string space, IEnumerable<string> parameters, IDictionary<string, string> mapped, PathVariable[] variables, bool authorizes, DefinitionOrigin origin)
    {
        var isKnown = true;
        foreach (var parameter in parameters)
        {
            isKnown &= TryAdd(parameter, mapped, variables, origin);
        }

        foreach (var header in policy?.VaryByHeaders ?? [])
        {
            Add(new CacheKeyPart(CacheKeyPlace.Header, header));
        }

        var hasQuery = policy?.VaryByQuery ?? (isSafe && !_parts.Exists(static part => part.Place == CacheKeyPlace.Query));
        var hasCaller = policy?.VaryByCaller ?? (isSafe && authorizes);
        return isKnown ? new CacheKeyPlan
        {
            Prefix = PrefixOf(space, hasQuery, hasCaller),
            Parts = [.. _parts],
            HasTarget = isSafe,
            HasQuery = hasQuery,
            HasCaller = hasCaller,
        }
        : null;
    }

    private bool TryAdd(string parameter, IDictionary<string, string> mapped, PathVariable[] variables, DefinitionOrigin origin)
    {
        var source = parameter;
        if (parameter.StartsWith(IntegrationPrefix, StringComparison.Ordinal))
        {
            if (!mapped.TryGetValue(parameter, out var found))
            {
                Report(origin, $"The cache key parameter '{parameter}' is not among 'RequestParameters' of the integration. Map it, or remove it.");
                return true;
            }

            source = found;
        }

        if (!ParameterExpression.TryParseRequest(source, out var expression))
        {
            Report(
                origin,
                $"A cache key parameter is 'method.request.path.NAME', '...querystring.NAME', '...header.NAME' or a mapped integration parameter, but is '{parameter}'.");
            return true;
        }

        switch (expression.Kind)
        {
            case ParameterKind.PathParameter:
                if (!Array.Exists(variables, variable => variable.Name == expression.Name))
                {
                    Report(origin, $"The cache key parameter '{parameter}' names no variable of the path. Its value is always absent.");
                }

                Add(new CacheKeyPart(CacheKeyPlace.Path, expression.Name));
                return true;
            case ParameterKind.QueryString or ParameterKind.MultiValueQueryString:
                Add(new CacheKeyPart(CacheKeyPlace.Query, expression.Name));
                return true;
            case ParameterKind.Header or ParameterKind.MultiValueHeader:
                Add(new CacheKeyPart(CacheKeyPlace.Header, expression.Name));
                return true;
            case ParameterKind.Context:
                Add(new CacheKeyPart(CacheKeyPlace.Context, expression.Name));
                return true;
            case ParameterKind.Static or ParameterKind.StageVariable:
                // The same for all requests of the stage.
                return true;
            default:
                errors.Warn(origin, $"The cache key parameter '{parameter}' comes from the body, which is not part of keys: the method is not cached.");
                return false;
        }
    }

    // A parameter that is named twice says nothing more.
    private void Add(CacheKeyPart part)
    {
        if (!_parts.Contains(part))
        {
            _parts.Add(part);
        }
    }

    private void Report(DefinitionOrigin origin, string message)
    {
        if (isExactDefinition)
        {
            errors.Warn(origin, message);
        }
        else
        {
            errors.Add(origin, message);
        }
    }

    // 128 bits of a cryptographic hash, so that keys stay short: they are hashed and compared on every request.
    private string PrefixOf(string space, bool hasQuery, bool hasCaller)
    {
        var text = new CanonicalText();
        text.Add(Version).Add(space).Add(isSafe).Add(hasQuery).Add(hasCaller).Add(_parts.Count);
        foreach (var part in _parts)
        {
            // Names of headers ignore case, and so does the value that is read by them.
            text.Add(part.Place.ToString()).Add(part.Place == CacheKeyPlace.Header ? part.Name.ToUpperInvariant() : part.Name);
        }

        return Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())).AsSpan(0, 16))[..22];
    }
}
