using System.Text;
using System.Text.RegularExpressions;
using ApiGateway.Middleware.OpenApi.Documents;

namespace ApiGateway.Middleware.OpenApi.Import;

/// <summary>Works out what CloudFormation would: <c>Fn::Sub</c>, <c>Ref</c>, and <c>${AWS::Region}</c> in any text.</summary>
internal sealed partial class TemplateFunctions
{
    private readonly ImportContext _context;
    private readonly Dictionary<string, string> _values;

    public TemplateFunctions(ImportContext context)
    {
        _context = context;
        var options = context.Options;
        _values = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["AWS::Region"] = options.Region ?? "us-east-1",
            ["AWS::AccountId"] = options.AccountId ?? "123456789012",
            ["AWS::Partition"] = options.Partition ?? "aws",
            ["AWS::URLSuffix"] = "amazonaws.com",
        };
        foreach (var (name, value) in options.Substitutions)
        {
            _values[name] = value;
        }
    }

    public void Apply(DocumentNode node)
    {
        if (node.IsString)
        {
            if (node.Text.Contains("${AWS::", StringComparison.Ordinal))
            {
                node.BecomeText(Fill(node, node.Text, _values, isFunction: false));
            }

            return;
        }

        if (node.Members.Count == 1 && TryApplyFunction(node))
        {
            return;
        }

        foreach (var (_, value) in node.Members)
        {
            Apply(value);
        }

        foreach (var item in node.Items)
        {
            Apply(item);
        }
    }

    private bool TryApplyFunction(DocumentNode node)
    {
        var (name, argument) = node.Members[0];
        switch (name)
        {
            case "Fn::Sub" when argument.IsString:
                node.BecomeText(Fill(node, argument.Text, _values, isFunction: true));
                return true;
            case "Fn::Sub" when argument.Items is [{ IsString: true } text, { IsObject: true } variables]:
                var values = new Dictionary<string, string>(_values, StringComparer.Ordinal);
                Apply(variables);
                foreach (var (key, value) in variables.Members)
                {
                    if (value.Kind is NodeKind.String or NodeKind.Number)
                    {
                        values[key] = value.Text;
                    }
                }

                node.BecomeText(Fill(node, text.Text, values, isFunction: true));
                return true;
            case "Ref" when argument.IsString && _values.TryGetValue(argument.Text, out var value):
                node.BecomeText(value);
                return true;
            default:
                return false;
        }
    }

    private string Fill(DocumentNode node, string text, Dictionary<string, string> values, bool isFunction)
    {
        var filled = new StringBuilder();
        var position = 0;
        foreach (Match match in Variable.Matches(text))
        {
            filled.Append(text, position, match.Index - position);
            position = match.Index + match.Length;
            var name = match.Groups["name"].Value;
            if (isFunction && name.StartsWith('!'))
            {
                filled.Append("${").Append(name, 1, name.Length - 1).Append('}');
            }
            else if ((isFunction || name.StartsWith("AWS::", StringComparison.Ordinal)) && values.TryGetValue(name, out var value))
            {
                filled.Append(value);
            }
            else
            {
                // A stage variable is filled in later; anything else stays, so that the text shows what is missing.
                filled.Append(match.ValueSpan);
                if (isFunction && !name.StartsWith("stageVariables.", StringComparison.Ordinal))
                {
                    _context.Warn(node, $"'${{{name}}}' is not known. Give its value in Substitutions.");
                }
            }
        }

        return filled.Append(text, position, text.Length - position).ToString();
    }

    [GeneratedRegex(@"\$\{(?<name>[^{}\s]+)\}", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Variable { get; }
}
