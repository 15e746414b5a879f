using Sigma.Contracts;
using Sigma.Storage;

namespace Sigma.Evaluator.Coverage;

/// <summary>
/// Which time gateways were accepting news in, and all that they accepted is stored. A slice counts when its report and all of its batches are here,
/// in whatever order they come; one gateway is enough.
/// </summary>
internal sealed class IntakeLog(Database database, CoverageLog coverage)
{
    /// <summary>Under this name the covered time of gateways is kept, beside that of polled sources. No source has it.</summary>
    public const string Source = "(intake)";

    /// <summary>
    /// The newest stretch of time in which a source's news was taken in: its own slices if it is polled, else those of gateways. Empty, and before
    /// everything, where there is none.
    /// </summary>
    public static async Task<CoveredRange> Covered(DbSession session, string source, CancellationToken ct) =>
        await CoverageLog.Covered(session, source, ct) ?? await CoverageLog.Covered(session, Source, ct) ?? default;

    /// <summary>In the transaction that stores a batch.</summary>
    public static Task Store(DbSession session, IntakePart? part, CancellationToken ct) => part is null ? Task.CompletedTask : session.Execute(
        $"{session.Dialect.InsertIgnore} into evaluator_intake_parts(gateway, slice_from, number) values(@Gateway, @From, @Number)",
        new { part.Gateway, From = part.SliceFrom.ToUnixTimeMilliseconds(), part.Number }, ct);

    /// <summary>After that: extends the covered time where a slice has become whole.</summary>
    public async Task Extend(IntakePart? part, CancellationToken ct)
    {
        if (part is not null)
            await Extend(part.Gateway, part.SliceFrom.ToUnixTimeMilliseconds(), ct);
    }

    /// <summary>Remembers the end of a slice, and extends the covered time if all of its batches are here.</summary>
    public async Task Close(IntakeReported report, CancellationToken ct)
    {
        var from = report.SliceFrom.ToUnixTimeMilliseconds();
        await using (var session = await database.Begin(ct))
        {
            await session.Execute(
                $"{session.Dialect.InsertIgnore} into evaluator_intake(gateway, slice_from, slice_to, batches) "
                    + "values(@Gateway, @from, @To, @Batches)",
                new { report.Gateway, from, To = report.SliceTo.ToUnixTimeMilliseconds(), report.Batches }, ct);
            await session.Commit(ct);
        }
        await Extend(report.Gateway, from, ct);
    }

    // Done again after a crash: the rows are there until the covered time holds the slice.
    async Task Extend(string gateway, long from, CancellationToken ct)
    {
        CoveredRange slice;
        await using (var session = await database.Begin(ct))
        {
            var (to, missing) = await session.First<(long To, long Missing)>( // primary keys
                """
                select slice_to, batches - (select count(*) from evaluator_intake_parts p where p.gateway = i.gateway and p.slice_from = i.slice_from)
                from evaluator_intake i where gateway = @gateway and slice_from = @from
                """, new { gateway, from }, ct);
            if (to == 0 || missing > 0)
                return;
            slice = new(from, to);
        }
        await coverage.Extend(Source, slice, ct);
        await using (var session = await database.Begin(ct))
        {
            await session.Execute("delete from evaluator_intake_parts where gateway = @gateway and slice_from = @from", new { gateway, from }, ct);
            await session.Execute("delete from evaluator_intake where gateway = @gateway and slice_from = @from", new { gateway, from }, ct);
            await session.Commit(ct);
        }
    }
}
