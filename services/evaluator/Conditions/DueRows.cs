using System.Text.Json;
using Sigma.Storage;

namespace Sigma.Evaluator.Conditions;

/// <summary>The due times of a table that has several rows for each key: a series, or a reported condition. Milliseconds since 1970.</summary>
internal static class DueRows
{
    const int RowsPerStatement = 100;

    /// <summary>Keys with a row that is due, the longest first; the rows are pushed ahead. Rows due at 0 are looked at no more.</summary>
    /// <param name="session">Its transaction.</param>
    /// <param name="table">An index of it is (rule, due_at), and its primary key (trigger_id, <paramref name="part"/>).</param>
    /// <param name="part">Which row of the key it is.</param>
    /// <param name="rule">Only of this rule.</param>
    /// <param name="through">Due up to then.</param>
    /// <param name="most">So many rows at most.</param>
    /// <param name="ct">Ends the waiting.</param>
    public static async Task<List<Key>> Take(DbSession session, string table, string part, string rule, long through, int most, CancellationToken ct)
    {
        var due = await session.Query<(Guid Trigger, Guid Part, string Labels)>(
            $"""
            select trigger_id, {part}, labels from {table} where rule = @rule and due_at > 0 and due_at <= {through} order by due_at limit {most}
            {session.Dialect.ForUpdateSkipLocked}
            """, new { rule }, ct);
        foreach (var some in due.Chunk(RowsPerStatement))
            await session.Execute($"update {table} set due_at = {through + DueSweep.Again} where {string.Join(" or ", // primary key
                some.Select(row => $"(trigger_id = x'{row.Trigger:N}' and {part} = x'{row.Part:N}')"))}", null, ct);
        return [.. due.DistinctBy(row => row.Trigger)
            .Select(row => new Key(row.Trigger, JsonSerializer.Deserialize<Dictionary<string, string>>(row.Labels)!))];
    }
}
