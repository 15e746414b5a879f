using Sigma.Contracts;
using Sigma.Hosting.Texts;
using Sigma.Storage;
using Sigma.Storage.ClockSteps;

namespace Sigma.Notifier.SelfMonitoring;

/// <summary>The watermarks, as last reported. Before the first report the source <c>''</c> stands for the one that is expected.</summary>
internal sealed class WatermarkTable(TimeProvider time) : IClockStepRepair
{
    const string Columns =
        "source Source, since Since, watermark Watermark, reported_at ReportedAt, reason Reason, counted_until CountedUntil, blindness_id "
            + "Blindness, blindness_from BlindFrom";

    static readonly string[] Times = ["since", "watermark", "reported_at", "counted_until", "blindness_from"];

    // Clocks of two machines differ by some seconds.
    static readonly TimeSpan Apart = TimeSpan.FromSeconds(5);

    /// <summary>The newest report counts, whatever order they come in and however often.</summary>
    public async Task Report(DbSession session, CoverageReported report, CancellationToken ct)
    {
        var now = time.Milliseconds();
        var row = new
        {
            report.Source, now, future = Future(now), reason = report.Reason?.Truncate(500), watermark = report.Watermark.ToUnixTimeMilliseconds(),
            behind = (long?)(report.ReportedAt - report.SourceTime)?.TotalMilliseconds,
            at = Math.Min(report.ReportedAt.ToUnixTimeMilliseconds(), now),
        };
        // A row at a time, by the primary key: a lock on both could meet one that was taken the other way round.
        if (await Update(session, "source = @Source and (reported_at is null or reported_at <= @at or reported_at > @future)", row, ct)
            || await Lock(session, report.Source, ct) is not null // an older report
            || await Update(session, "source = ''", row, ct))
            return;
        await session.Execute(
            $"""
            {session.Dialect.InsertIgnore} into notifier_watermarks(source, since, counted_until, watermark, reported_at, reason, clock_behind)
            values(@Source, @now, @now, {Earlier("@watermark + coalesce(@behind, 0)")}, @at, @reason, coalesce(@behind, 0))
            """, row, ct);
    }

    /// <summary>The latest counts. Of a source that no fetcher has reported yet nothing is kept.</summary>
    public Task Count(DbSession session, CoverageCounted counted, CancellationToken ct) => session.Execute( // primary key
        $"""
        update notifier_watermarks set counted_until = {Earlier("@through + clock_behind")}
        where source = @Source and (counted_until < @through + clock_behind or counted_until > @future)
        """,
        new { counted.Source, through = counted.Through.ToUnixTimeMilliseconds(), now = time.Milliseconds(), future = Future(time.Milliseconds()) },
        ct);

    /// <summary>What was reported while a clock was ahead is no older than now: from here on it ages again.</summary>
    public Task<int> Repair(DbSession session, long now, CancellationToken ct)
    {
        var assignments = string.Join(", ", Times.Select(column => $"{column} = case when {column} > @future then @now else {column} end"));
        return session.Execute( // a row for each source
            $"""
            update notifier_watermarks set {assignments}
            where {string.Join(" or ", Times.Select(column => $"{column} > @future"))}
            """, new { now, future = Future(now) }, ct);
    }

    /// <summary>All sources; when there is none, one that is expected from now on.</summary>
    public async Task<IReadOnlyList<SourceState>> All(DbSession session, CancellationToken ct)
    {
        if (await Known(session, ct) is { Count: > 0 } all)
            return all;
        await session.Execute($"{session.Dialect.InsertIgnore} into notifier_watermarks(source, since, counted_until) values('', @now, @now)",
            new { now = time.Milliseconds() }, ct);
        return [];
    }

    /// <summary>All sources that are known.</summary>
    public static async Task<IReadOnlyList<SourceState>> Known(DbSession session, CancellationToken ct)
    {
        var all = await session.Query<SourceState>($"select {Columns} from notifier_watermarks", new { }, ct);
        return all.Count > 1 ? all.FindAll(w => w.Source.Length > 0) : all; // a first report may have come in between
    }

    /// <summary>One source, locked.</summary>
    public Task<SourceState?> Lock(DbSession session, string source, CancellationToken ct) => session.First<SourceState>( // primary key
        $"select {Columns} from notifier_watermarks where source = @source {session.Dialect.ForUpdate}", new { source }, ct);

    /// <summary>The source that people were told of, locked. One that was only expected then may have got its name since.</summary>
    public async Task<SourceState?> Lock(DbSession session, WarningWithoutDatabase warning, CancellationToken ct)
    {
        if (await Lock(session, warning.Source, ct) is { } watched)
            return watched;
        var named = (await Known(session, ct)).FirstOrDefault(w => w.Since == warning.From);
        return named is null ? null : await Lock(session, named.Source, ct);
    }

    /// <summary>Stores that a warning was sent, or with null that it is over.</summary>
    public Task SetUnwatched(DbSession session, string source, Guid? blindness, long? from, CancellationToken ct) => session.Execute( // primary key
        "update notifier_watermarks set blindness_id = @blindness, blindness_from = @from where source = @source",
        new { source, blindness, from }, ct);

    static async Task<bool> Update(DbSession session, string where, object row, CancellationToken ct) => await session.Execute( // primary key
        $"""
        update notifier_watermarks set source = @Source, watermark = {Earlier("@watermark + coalesce(@behind, clock_behind)")}, reported_at = @at,
          reason = @reason,
          clock_behind = coalesce(@behind, clock_behind)
        where {where}
        """, row, ct) > 0;

    static long Future(long now) => now + (long)Apart.TotalMilliseconds;

    // A clock that is ahead must not have it taken for watched longer than it is.
    static string Earlier(string time) => $"case when {time} < @now then {time} else @now end";
}
