namespace ApiGateway.Middleware.Definitions;

/// <summary>Reads API keys from CSV (RFC 4180), with the columns of the "API Gateway API key file format": <c>Name</c>, <c>Key</c>,
/// <c>Description</c>, <c>Enabled</c>, <c>UsageplanIds</c>. A key's id is its name.</summary>
internal static class ApiKeyCsv
{
    private static readonly string[] Columns = ["name", "key", "description", "enabled", "usageplanids"];

    public static void Read(string text, DefinitionOrigin origin, GatewayDefinition definition, DefinitionErrors errors)
    {
        var rows = Rows(text);
        if (rows.Count == 0)
        {
            errors.Add(origin, "A file of API keys begins with a row of column names. Write 'name,key,description,enabled,usageplanIds'.");
            return;
        }

        if (ColumnsOf(rows[0].Cells, origin, errors) is not { } places)
        {
            return;
        }

        foreach (var (line, cells) in rows.Skip(1))
        {
            var at = origin with { Line = line };
            string Cell(int column) => places[column] is >= 0 and var place && place < cells.Count ? cells[place].Trim() : "";
            var (name, enabled) = (Cell(0), Cell(3));
            if (name.Length == 0)
            {
                errors.Add(at, "A row needs a name, but has none.");
                continue;
            }

            var key = new ApiKeyDefinition(name) { Origin = at, Name = name, Value = Cell(1), Description = Cell(2) is { Length: > 0 } said ? said : null };
            if (bool.TryParse(enabled, out var isEnabled))
            {
                key.Enabled = isEnabled;
            }
            else if (enabled.Length > 0)
            {
                errors.Add(at, $"'enabled' must be true or false, but is '{enabled}'.");
            }

            foreach (var plan in Cell(4).Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
            {
                key.UsagePlans.Add(plan);
            }

            definition.ApiKeys.Add(key);
        }
    }

    private static int[]? ColumnsOf(List<string> header, DefinitionOrigin origin, DefinitionErrors errors)
    {
        var names = header.ConvertAll(static name => name.Trim());
        var places = Array.ConvertAll(Columns, column => names.FindIndex(name => name.Equals(column, StringComparison.OrdinalIgnoreCase)));
        foreach (var name in names)
        {
            if (!Columns.Contains(name, StringComparer.OrdinalIgnoreCase))
            {
                errors.Add(origin with { Line = 1 }, $"A file of API keys has no column '{name}'. Known: name, key, description, enabled, usageplanIds.");
            }
        }

        if (places[0] >= 0 && places[1] >= 0)
        {
            return places;
        }

        errors.Add(origin with { Line = 1 }, "A file of API keys needs the columns 'name' and 'key' in its first row.");
        return null;
    }

    // Cells may be in quotes, with quotes inside doubled and line ends as they are.
    private static List<(int Line, List<string> Cells)> Rows(string text)
    {
        var rows = new List<(int, List<string>)>();
        var (cells, start, line, at) = (new List<string>(), 1, 1, 0);
        while (at < text.Length)
        {
            cells.Add(ReadCell(text, ref at, ref line));
            if (at < text.Length && text[at] == ',')
            {
                at++;
                if (at < text.Length)
                {
                    continue;
                }

                cells.Add("");
            }

            at += at < text.Length && text[at] == '\r' ? 1 : 0;
            at += at < text.Length && text[at] == '\n' ? 1 : 0;
            if (cells.Exists(static cell => cell.Length > 0))
            {
                rows.Add((start, cells));
            }

            (cells, line) = ([], line + 1);
            start = line;
        }

        return rows;
    }

    private static string ReadCell(string text, ref int at, ref int line)
    {
        var from = at;
        if (text[at] != '"')
        {
            var length = text.AsSpan(at).IndexOfAny(",\r\n");
            at = length < 0 ? text.Length : at + length;
            return text[from..at];
        }

        at++;
        while (at < text.Length && (text[at] != '"' || (at + 1 < text.Length && text[at + 1] == '"')))
        {
            line += text[at] == '\n' ? 1 : 0;
            at += text[at] == '"' ? 2 : 1;
        }

        var cell = text[(from + 1)..Math.Min(at, text.Length)].Replace("\"\"", "\"", StringComparison.Ordinal);

        // What stands between the quote and the separator belongs to nothing.
        var rest = at < text.Length ? text.AsSpan(at).IndexOfAny(",\r\n") : -1;
        at = rest < 0 ? text.Length : at + rest;
        return cell;
    }
}
