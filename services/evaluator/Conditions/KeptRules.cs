using Sigma.Evaluator.Rules;
using Sigma.Storage;

namespace Sigma.Evaluator.Conditions;

/// <summary>Of which rules a table keeps keys: one step for each along its index, which begins with the rule, however many keys it has.</summary>
internal static class KeptRules
{
    /// <summary>All of them.</summary>
    public static Task<List<string>> In(DbSession session, string table, CancellationToken ct) => Between(session, table, "", null, ct);

    /// <summary>Those that a built-in rule stands for.</summary>
    public static Task<List<string>> In(DbSession session, string table, Rule builtIn, CancellationToken ct)
    {
        var (after, before) = BuiltInRules.NamesOf(builtIn);
        return Between(session, table, after, before, ct);
    }

    static async Task<List<string>> Between(DbSession session, string table, string after, string? before, CancellationToken ct)
    {
        List<string> names = [];
        while (await session.First<string>($"select min(rule) from {table} where rule > @after", new { after }, ct) is { } next
            && (before is null || string.CompareOrdinal(next, before) < 0))
        {
            names.Add(next);
            after = next;
        }
        return names;
    }
}
