namespace ApiGateway.Middleware.Definitions.Settings;

/// <summary>Finds the known name that a misspelt one most likely means.</summary>
internal static class NearMiss
{
    private const int Limit = 3;

    /// <summary>Gets the question whether the nearest known name was meant, with a space before it; empty if none is near.</summary>
    public static string Suggest(string found, IEnumerable<string> known)
    {
        var nearest = known.Select(name => (name, distance: Distance(found, name)))
            .Where(static item => item.distance <= Limit)
            .OrderBy(static item => item.distance)
            .Select(static item => item.name)
            .FirstOrDefault();
        return nearest is null ? "" : $" Did you mean '{nearest}'?";
    }

    /// <summary>Counts the letters to insert, delete or replace (Levenshtein), letter case aside.</summary>
    private static int Distance(string a, string b)
    {
        if (Math.Abs(a.Length - b.Length) > Limit)
        {
            return int.MaxValue;
        }

        var row = new int[b.Length + 1];
        for (var j = 0; j < row.Length; j++)
        {
            row[j] = j;
        }

        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var cost = char.ToUpperInvariant(a[i - 1]) == char.ToUpperInvariant(b[j - 1]) ? 0 : 1;
                (diagonal, row[j]) = (row[j], Math.Min(Math.Min(row[j], row[j - 1]) + 1, diagonal + cost));
            }
        }

        return row[b.Length];
    }
}
