using Microsoft.Extensions.Options;
using Sigma.Fetcher.Coverage;
using Sigma.Hosting.Texts;
using Sigma.Storage;
using Sigma.Storage.Retention;

namespace Sigma.Fetcher.Events;

/// <summary>Keeps what was put aside, each record once, so that somebody can look at it.</summary>
internal sealed class MalformedRecordTable(Database database, OldRows old, IOptions<FetcherOptions> options, TimeProvider time,
    ILogger<MalformedRecordTable> log)
{
    const int MostRows = 10_000, RowsPerInsert = 100, LongestReason = 500, LongestAccount = 64;

    /// <summary>Never fails: what is odd must not hold up what is not.</summary>
    public async Task Keep(Slice slice, IReadOnlyList<MalformedRecord> odd, CancellationToken ct)
    {
        if (odd.Count == 0)
            return;
        try
        {
            await using var session = await database.Begin(ct);
            // the smallest index, of at most so many rows
            var room = MostRows - await session.First<long>("select count(*) from fetcher_odd_records", null, ct);
            foreach (var records in odd.Take((int)Math.Max(0, room)).Chunk(RowsPerInsert))
            {
                using var rows = new SqlRows(session.Dialect);
                foreach (var record in records)
                    rows.Add(Ids.From(options.Value.Source, record.Raw), options.Value.Source, slice.From, slice.To, time.Milliseconds(),
                        record.Reason.Truncate(LongestReason), record.Used ? 1 : 0, record.Account?.Truncate(LongestAccount), record.Raw);
                await session.Execute($"{session.Dialect.InsertIgnore} into fetcher_odd_records" // primary key
                    + $"(record_key, source, slice_from, slice_to, seen_at, reason, used, account, raw) values {rows}", null, ct);
            }
            await session.Commit(ct);
        }
        catch (Exception e) when (!ct.IsCancellationRequested)
        {
            log.LogWarning("Malformed records of {Source} could not be stored: {Reason}", options.Value.Source, e.Message);
        }
    }

    /// <summary>Deletes those seen before a time.</summary>
    public Task<int> Forget(long before, CancellationToken ct) =>
        old.Delete("fetcher_odd_records", "seen_at", before, ct); // ix_fetcher_odd_records_seen
}
