using System.Reflection;
using System.Text.RegularExpressions;

namespace Sigma.FormerSchema;

/// <summary>
/// One embedded .sql file. Statements end with a semicolon at the end of a line. A comment line above a statement can make it conditional:
/// <c>-- unless column TABLE.NAME</c>, <c>-- unless index TABLE.NAME</c>, or repeat it for indexes whose names are not known:
/// <c>-- for each unique index of TABLE on a,b</c> (its name stands for <c>{index}</c>).
/// </summary>
internal sealed partial record FormerScript(string Name, IReadOnlyList<FormerStep> Steps)
{
    public static IEnumerable<FormerScript> All(string dialect)
    {
        var assembly = Assembly.GetExecutingAssembly();
        foreach (var resource in assembly.GetManifestResourceNames().Where(n => n.StartsWith(dialect + "/", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal))
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!);
            yield return new FormerScript(Path.GetFileNameWithoutExtension(resource), [.. Parse(reader.ReadToEnd())]);
        }
    }

    static IEnumerable<FormerStep> Parse(string text)
    {
        foreach (var block in EndOfStatement().Split(text.ReplaceLineEndings("\n")))
        {
            var lines = block.Split('\n');
            var sql = string.Join('\n', lines.Where(l => !l.TrimStart().StartsWith("--", StringComparison.Ordinal))).Trim();
            if (sql.Length == 0)
                continue;
            var guard = lines.Select(l => Guard().Match(l)).FirstOrDefault(m => m.Success);
            var unique = lines.Select(l => Unique().Match(l)).FirstOrDefault(m => m.Success);
            yield return new FormerStep(sql,
                guard is null ? null : new ExistingPart(guard.Groups[1].Value, guard.Groups[2].Value, guard.Groups[3].Value),
                unique is null ? null : new UniqueIndexes(unique.Groups[1].Value, unique.Groups[2].Value));
        }
    }

    [GeneratedRegex(@";[ \t]*(?:\n|$)")]
    private static partial Regex EndOfStatement();

    [GeneratedRegex(@"^-- unless (column|index) (\w+)\.(\w+)\s*$")]
    private static partial Regex Guard();

    [GeneratedRegex(@"^-- for each unique index of (\w+) on ([\w,]+)\s*$")]
    private static partial Regex Unique();
}

internal sealed record FormerStep(string Sql, ExistingPart? Unless, UniqueIndexes? ForEachUnique);

internal sealed record ExistingPart(string Kind, string Table, string Name);

internal sealed record UniqueIndexes(string Table, string Columns);
