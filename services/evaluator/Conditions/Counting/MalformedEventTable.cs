using System.Text.Json;
using Sigma.Contracts;
using Sigma.Hosting.Texts;
using Sigma.Storage;

namespace Sigma.Evaluator.Conditions.Counting;

/// <summary>An event that cannot be counted, and why.</summary>
internal sealed record MalformedEvent(MonitoredEvent? Event, string Reason);

/// <summary>Keeps the events that were put aside, each once, so that somebody can look at them.</summary>
internal static class MalformedEventTable
{
    const int MostRows = 10_000, LongestRaw = 4000, LongestReason = 500, LongestAccount = 64;

    /// <summary>Adds those of a batch, in its transaction.</summary>
    public static async Task Keep(DbSession session, EventBatch batch, IReadOnlyList<MalformedEvent> odd, long now, CancellationToken ct)
    {
        if (odd.Count == 0)
            return;
        // the smallest index, of at most so many rows
        var room = MostRows - await session.First<long>("select count(*) from evaluator_odd_events", null, ct);
        var from = batch.SliceFrom.ToUnixTimeMilliseconds();
        var to = batch.SliceTo.ToUnixTimeMilliseconds();
        using var rows = new SqlRows(session.Dialect);
        foreach (var (e, reason) in odd.Take((int)Math.Max(0, room)))
        {
            var raw = JsonSerializer.Serialize(e);
            rows.Add(Ids.From(batch.Source, raw), batch.Source, from, to, now, reason.Truncate(LongestReason),
                e?.Labels?.GetValueOrDefault("account")?.Truncate(LongestAccount), raw.Truncate(LongestRaw));
        }
        if (rows.Count > 0) // primary key
            await session.Execute($"{session.Dialect.InsertIgnore} into evaluator_odd_events"
                + $"(event_key, source, slice_from, slice_to, seen_at, reason, account, raw) values {rows}", null, ct);
    }
}
