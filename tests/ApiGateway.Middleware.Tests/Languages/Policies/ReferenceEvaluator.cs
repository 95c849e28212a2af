using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using ApiGateway.Middleware.Languages.Policies;

namespace ApiGateway.Middleware.Tests.Languages.Policies;

/// <summary>The rules again, without speed: walks the JSON, compares strings, shares no code with the engine.</summary>
internal sealed partial class ReferenceEvaluator(string policy, PolicyKind kind, string apiArn)
{
    private readonly Dictionary<string, Regex> _globs = [];
    private readonly JsonElement _root = JsonDocument.Parse(policy).RootElement;

    private bool HasVariables => _root.TryGetProperty("Version", out var version) && version.GetString() == "2012-10-17";

    public string Evaluate(string action, string arn, PolicyPrincipal caller, TestKeys keys)
    {
        var applicable = List(_root.GetProperty("Statement")).Where(statement => Applies(statement, action, arn, caller, keys)).ToList();

        return applicable.Exists(static s => Effect(s) == "Deny") ? "ExplicitDeny"
            : applicable.Exists(static s => Effect(s) == "Allow") ? "Allow"
            : "Neither";
    }

    private static string Effect(JsonElement statement) => statement.GetProperty("Effect").GetString()!;

    private static List<JsonElement> List(JsonElement element) =>
        element.ValueKind == JsonValueKind.Array ? [.. element.EnumerateArray()] : [element];

    private static List<string> Strings(JsonElement element) =>
        [.. List(element).Select(static item => item.ValueKind == JsonValueKind.String ? item.GetString()! : item.GetRawText())];

    private bool Applies(JsonElement statement, string action, string arn, PolicyPrincipal caller, TestKeys keys) =>
        OneOf(statement, "Action", entry => Glob(entry.ToLowerInvariant(), action.ToLowerInvariant()))
        && OneOf(statement, "Resource", entry => Resource(entry, arn, keys))
        && (kind is not (PolicyKind.Resource or PolicyKind.Endpoint) || Principal(statement, caller))
        && (!statement.TryGetProperty("Condition", out var condition) || Conditions(condition, keys));

    private static bool OneOf(JsonElement statement, string name, Func<string, bool> matches) =>
        statement.TryGetProperty(name, out var list) ? Strings(list).Exists(entry => matches(entry))
        : !Strings(statement.GetProperty("Not" + name)).Exists(entry => matches(entry));

    private bool Resource(string pattern, string arn, TestKeys keys)
    {
        if (kind == PolicyKind.Resource && pattern.StartsWith("execute-api:/", StringComparison.Ordinal))
        {
            pattern = apiArn + pattern["execute-api:".Length..];
        }

        return Arn(pattern.Split(':', 6), arn, keys, static part => part == 5);
    }

    private bool Arn(string[] parts, string arn, TestKeys keys, Func<int, bool> hasVariables)
    {
        var found = arn.Split(':', 6);
        if (found.Length < 6 || found[0] != "arn")
        {
            return false;
        }

        if (parts is ["*"])
        {
            return true;
        }

        if (parts.Length < 6 && !parts[^1].EndsWith('*'))
        {
            return false;
        }

        for (var i = 0; i < 6; i++)
        {
            var part = i < parts.Length ? parts[i] : "*";
            if (!(HasVariables && hasVariables(i) ? GlobWithVariables(part, found[i], keys) : Glob(part, found[i])))
            {
                return false;
            }
        }

        return true;
    }

    private bool Principal(JsonElement statement, PolicyPrincipal caller)
    {
        if (statement.TryGetProperty("Principal", out var named))
        {
            return Names(named, caller).Count > 0;
        }

        var names = Names(statement.GetProperty("NotPrincipal"), caller);
        if (Effect(statement) == "Allow" || names.Count == 0 || names.Contains("*") || names.Contains("service"))
        {
            return names.Count == 0;
        }

        return caller.Type != PolicyPrincipalType.Account && !(names.Contains("account") && names.Contains("name"));
    }

    private static HashSet<string> Names(JsonElement principal, PolicyPrincipal caller)
    {
        var names = new HashSet<string>();
        if (principal.ValueKind == JsonValueKind.String)
        {
            return ["*"];
        }

        foreach (var member in principal.EnumerateObject())
        {
            foreach (var entry in Strings(member.Value))
            {
                if (member.Name == "AWS" && entry == "*")
                {
                    names.Add("*");
                }
                else if (caller.Type == PolicyPrincipalType.Anonymous)
                {
                    continue;
                }
                else if (member.Name == "Service")
                {
                    names.UnionWith(caller.Services.Contains(entry) ? ["service"] : []);
                }
                else if (entry == caller.AccountId || entry == $"arn:aws:iam::{caller.AccountId}:root")
                {
                    names.Add("account");
                }
                else if (entry == caller.Arn)
                {
                    names.Add("name");
                }
                else if (entry.StartsWith($"arn:aws:iam::{caller.AccountId}:role/", StringComparison.Ordinal)
                    && caller.Arn!.StartsWith($"arn:aws:sts::{caller.AccountId}:assumed-role/{entry[(entry.LastIndexOf('/') + 1)..]}/", StringComparison.Ordinal))
                {
                    names.Add("name");
                }
            }
        }

        return names;
    }

    private bool Conditions(JsonElement block, TestKeys keys) =>
        block.EnumerateObject().All(op => op.Value.EnumerateObject().All(key => Condition(op.Name, key.Name, Strings(key.Value), keys)));

    private bool Condition(string name, string key, List<string> wanted, TestKeys keys)
    {
        var found = keys.Texts(key);
        if (name == "Null")
        {
            return wanted.Contains(found is { Length: > 0 } ? "false" : "true");
        }

        var prefix = name.Contains(':', StringComparison.Ordinal) ? name[..name.IndexOf(':', StringComparison.Ordinal)] : "";
        var op = name[(name.IndexOf(':', StringComparison.Ordinal) + 1)..];
        var ifExists = op.EndsWith("IfExists", StringComparison.Ordinal);
        op = ifExists ? op[..^"IfExists".Length] : op;
        var negated = op.Contains("Not", StringComparison.Ordinal);
        op = op.Replace("Not", "", StringComparison.Ordinal);

        if (found is null or [] || (prefix.Length > 0 && found is [""]))
        {
            return ifExists || (prefix == "" ? negated : prefix == "ForAllValues");
        }

        bool Any(string value) => wanted.Exists(w => Compare(op, w, value, keys));
        return prefix switch
        {
            "ForAnyValue" => found.Any(value => negated ? !Any(value) : Any(value)),
            "ForAllValues" => found.All(value => negated ? !Any(value) : Any(value)),
            _ => negated ? !found.Any(Any) : found.Any(Any),
        };
    }

    private bool Compare(string op, string wanted, string found, TestKeys keys)
    {
        switch (op)
        {
            case "StringLike":
                return HasVariables ? GlobWithVariables(wanted, found, keys) : Glob(wanted, found);
            case "ArnEquals" or "ArnLike":
                return CompareArn(wanted, found, keys);
            case "StringEquals" or "StringEqualsIgnoreCase" or "Bool":
                if ((HasVariables ? Substitute(wanted, keys, static text => text) : wanted) is not { } text)
                {
                    return false;
                }

                return op == "StringEquals" ? text == found
                    : op == "Bool" ? bool.TryParse(text, out var a) && bool.TryParse(found, out var b) && a == b
                    : string.Equals(text, found, StringComparison.OrdinalIgnoreCase);
            case "IpAddress":
                return IPAddress.TryParse(found, out var address) && found.AsSpan().ContainsAny('.', ':')
                    && IPNetwork.Parse(wanted.Contains('/', StringComparison.Ordinal) ? wanted : wanted + (wanted.Contains(':', StringComparison.Ordinal) ? "/128" : "/32")).Contains(address);
        }

        int sign;
        if (op.StartsWith("Numeric", StringComparison.Ordinal))
        {
            if (!decimal.TryParse(wanted, CultureInfo.InvariantCulture, out var w) || !decimal.TryParse(found, CultureInfo.InvariantCulture, out var f))
            {
                return false;
            }

            sign = f.CompareTo(w);
        }
        else if (Instant(wanted) is { } w && Instant(found) is { } f)
        {
            sign = f.CompareTo(w);
        }
        else
        {
            return false;
        }

        return op.EndsWith("LessThan", StringComparison.Ordinal) ? sign < 0
            : op.EndsWith("LessThanEquals", StringComparison.Ordinal) ? sign <= 0
            : op.EndsWith("GreaterThan", StringComparison.Ordinal) ? sign > 0
            : op.EndsWith("GreaterThanEquals", StringComparison.Ordinal) ? sign >= 0
            : sign == 0;
    }

    private static DateTimeOffset? Instant(string text) =>
        long.TryParse(text, CultureInfo.InvariantCulture, out var seconds) ? DateTimeOffset.FromUnixTimeSeconds(seconds)
        : text.StartsWith("20", StringComparison.Ordinal) && text.Contains('-', StringComparison.Ordinal)
            ? DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal)
        : null;

    private bool CompareArn(string wanted, string found, TestKeys keys)
    {
        if (!HasVariables)
        {
            return Arn(wanted.Split(':', 6), found, keys, static _ => false);
        }

        // Colons of variables do not split.
        var hidden = Variable().Replace(wanted, static match => match.Value.Replace(':', '\u0001'));
        return Arn([.. hidden.Split(':', 6).Select(static part => part.Replace('\u0001', ':'))], found, keys, static _ => true);
    }

    private bool GlobWithVariables(string pattern, string text, TestKeys keys)
    {
        // A value becomes characters of a private area, one for one, so that no wildcard is left in it.
        static string Protect(string value) => string.Concat(value.Select(static c => (char)(c + 0xE000)));
        return Substitute(pattern, keys, Protect) is { } replaced
            && Regex.IsMatch(text, ToRegex(replaced), RegexOptions.Singleline | RegexOptions.CultureInvariant);
    }

    private bool Glob(string pattern, string text)
    {
        if (!_globs.TryGetValue(pattern, out var regex))
        {
            _globs[pattern] = regex = new Regex(ToRegex(pattern), RegexOptions.Singleline | RegexOptions.CultureInvariant);
        }

        return regex.IsMatch(text);
    }

    private static string ToRegex(string pattern)
    {
        var regex = new StringBuilder("\\A");
        foreach (var c in pattern)
        {
            regex.Append(c switch
            {
                '*' => ".*",
                '?' => ".",
                >= '\uE000' and < '\uF000' => Regex.Escape(((char)(c - 0xE000)).ToString()),
                _ => Regex.Escape(c.ToString()),
            });
        }

        return regex.Append("\\z").ToString();
    }

    private static string? Substitute(string pattern, TestKeys keys, Func<string, string> protect)
    {
        var unresolved = false;
        var replaced = Variable().Replace(pattern, match =>
        {
            if (match.Groups["special"].Success)
            {
                return protect(match.Groups["special"].Value);
            }

            var key = match.Groups["key"].Value.Trim();
            if (keys.Texts(key) is { } texts && !keys.IsMulti(key))
            {
                return protect(texts[0]);
            }

            unresolved |= !match.Groups["default"].Success;
            return protect(match.Groups["default"].Value);
        });

        return unresolved ? null : replaced;
    }

    [GeneratedRegex(@"\$\{(?:(?<special>[*?$])|(?<key>[^{}'$*?,]*[^{}'$*?, ][^{}'$*?,]*)(?:, *'(?<default>[^']*)' *)?)\}")]
    private static partial Regex Variable();
}
