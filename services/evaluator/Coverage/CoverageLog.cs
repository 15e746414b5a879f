using Sigma.Contracts;
using Sigma.Storage;

namespace Sigma.Evaluator.Coverage;

/// <summary>A stretch of a source's time of which every event is stored. Milliseconds since 1970, the end exclusive.</summary>
/// <param name="From">Its start.</param>
/// <param name="To">Its end.</param>
public readonly record struct CoveredRange(long From, long To);

/// <summary>Which time of a source is stored without a gap, whatever order its slices and their parts come in.</summary>
internal sealed class CoverageLog(Database database)
{
    /// <summary>
    /// Adds the batch's slice when all its parts are stored, and returns the newest covered stretch. Also when the slice was covered before:
    /// the evaluator that wrote it may have stopped before anything followed from it.
    /// </summary>
    public async Task<CoveredRange?> Extend(EventBatch batch, CancellationToken ct)
    {
        var slice = new CoveredRange(batch.SliceFrom.ToUnixTimeMilliseconds(), batch.SliceTo.ToUnixTimeMilliseconds());
        await using var session = await database.Begin(ct);
        var done = await session.First<long>( // primary key
            "select count(*) from evaluator_parts where source = @Source and slice_from = @From and slice_to = @To and parts = @Parts",
            new { batch.Source, slice.From, slice.To, batch.Parts }, ct);
        if (done < batch.Parts)
            return null;

        var after = await Add(session, batch.Source, slice, ct);
        await session.Commit(ct);
        return after[^1];
    }

    /// <summary>Adds a slice whose news is all stored.</summary>
    public async Task Extend(string source, CoveredRange slice, CancellationToken ct)
    {
        await using var session = await database.Begin(ct);
        await Add(session, source, slice, ct);
        await session.Commit(ct);
    }

    /// <summary>The newest covered stretch of a source.</summary>
    public async Task<CoveredRange?> Covered(string source, CancellationToken ct) => await All(source, ct) is [.., var newest] ? newest : null;

    /// <summary>The same, as the transaction of the caller sees it.</summary>
    public static async Task<CoveredRange?> Covered(DbSession session, string source, CancellationToken ct) =>
        await Stretches(session, source, ct) is [.., var newest] ? newest : null;

    /// <summary>Every covered stretch of a source, oldest first.</summary>
    public async Task<IReadOnlyList<CoveredRange>> All(string source, CancellationToken ct)
    {
        await using var session = await database.Begin(ct);
        return await Stretches(session, source, ct);
    }

    /// <summary>The first time after <paramref name="since"/> from which on something is missing; null when nothing was ever covered.</summary>
    public async Task<long?> FirstGap(string source, long since, CancellationToken ct)
    {
        await using var session = await database.Begin(ct);
        var stretches = await Stretches(session, source, ct);
        return stretches.Count == 0 ? null : stretches.Where(s => s.To > since).Select(s => s.To).FirstOrDefault(since);
    }

    /// <summary>Stretches that neither touch nor overlap, oldest first.</summary>
    internal static List<CoveredRange> Merge(IEnumerable<CoveredRange> stretches)
    {
        List<CoveredRange> merged = [];
        foreach (var next in stretches.OrderBy(s => s.From))
            if (merged is [.., var last] && next.From <= last.To)
                merged[^1] = last with { To = Math.Max(last.To, next.To) };
            else
                merged.Add(next);
        return merged;
    }

    static async Task<List<CoveredRange>> Add(DbSession session, string source, CoveredRange slice, CancellationToken ct)
    {
        // The empty stretch at 0 is there to be locked: where there is no row yet, two evaluators would each add a slice and not see the other's.
        await session.Execute($"insert into evaluator_coverage(source, covered_from, covered_to) values(@source, 0, 0) "
            + session.Dialect.OnConflictUpdate("source, covered_from", "covered_to = 0"), new { source }, ct);
        var before = await Stretches(session, source, ct);
        var after = Merge([.. before, slice]);
        foreach (var gone in before.Except(after))
            await session.Execute("delete from evaluator_coverage where source = @source and covered_from = @From", new { source, gone.From },
                ct);
        foreach (var added in after.Except(before))
            await session.Execute("insert into evaluator_coverage(source, covered_from, covered_to) values(@source, @From, @To)",
                new { source, added.From, added.To }, ct);
        return after;
    }

    static async Task<List<CoveredRange>> Stretches(DbSession session, string source, CancellationToken ct) =>
        [.. (await session.Query<(long From, long To)>( // primary key (source, covered_from); as many rows as there are gaps
            "select covered_from, covered_to from evaluator_coverage where source = @source and covered_to > 0 order by covered_from", new { source },
            ct))
            .Select(s => new CoveredRange(s.From, s.To))];
}
