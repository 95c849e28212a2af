using System.Collections.Frozen;
using ApiGateway.Middleware.Definitions;
using ApiGateway.Middleware.Snapshots;

namespace ApiGateway.Middleware.Compilation;

/// <summary>Checks a stage's name and variables. Source: "AWS::ApiGateway::Stage", and the quotas of Amazon API Gateway.</summary>
internal sealed class StageCompiler(StageDefinition stage, DefinitionOrigin origin, DefinitionErrors errors)
{
    private const int MaxNameLength = 128;
    private const int MaxVariables = 100;
    private const int MaxVariableNameLength = 64;
    private const int MaxVariableValueLength = 512;

    /// <summary>Gets whether a stage may be called <c>$default</c>, as with HTTP APIs.</summary>
    public bool AllowsDefault { get; init; }

    public StageSnapshot Compile(ApiSnapshot api)
    {
        if (AllowsDefault && stage.Name == StageSnapshot.Default)
        {
            // Served from the root.
        }
        else if (stage.Name.Length is 0 or > MaxNameLength || !IsName(stage.Name, allowHyphen: true))
        {
            errors.Add(origin, $"A stage's name has 1 to {MaxNameLength} letters, digits, '_' and '-'{(AllowsDefault ? ", or is '$default'" : "")}, but is '{stage.Name}'.");
        }

        if (stage.Variables.Count > MaxVariables)
        {
            errors.Add(origin.Child("Variables"), $"A stage has at most {MaxVariables} variables, but has {stage.Variables.Count}.");
        }

        foreach (var (name, value) in stage.Variables)
        {
            var variable = origin.Child("Variables").Child(name);
            if (name.Length is 0 or > MaxVariableNameLength || !IsName(name, allowHyphen: false))
            {
                errors.Add(variable, $"A stage variable's name has 1 to {MaxVariableNameLength} letters, digits and '_', but is '{name}'.");
            }

            if (value.Length > MaxVariableValueLength)
            {
                errors.Add(variable, $"A stage variable's value has at most {MaxVariableValueLength} characters, but has {value.Length}.");
            }
            else if (!HasLegalCharacters(value))
            {
                errors.Warn(variable, "The value has a character beyond letters, digits and -._~:/?#&=,; Amazon API Gateway would not accept it.");
            }
        }

        return new StageSnapshot(api, stage.Name, stage.Variables.ToFrozenDictionary(StringComparer.Ordinal))
        {
            AccessLog = new AccessLogCompiler(api, stage, origin, errors).Compile(),
        };
    }

    private static bool IsName(string text, bool allowHyphen) =>
        text.All(c => char.IsAsciiLetterOrDigit(c) || c == '_' || (allowHyphen && c == '-'));

    private static bool HasLegalCharacters(string text) =>
        text.All(static c => char.IsAsciiLetterOrDigit(c) || "-._~:/?#&=,".Contains(c, StringComparison.Ordinal));
}
