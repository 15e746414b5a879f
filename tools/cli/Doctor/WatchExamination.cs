using Sigma.Cli.Data;
using Sigma.Cli.Settings;
using Sigma.Fetcher;
using Sigma.Storage;

namespace Sigma.Cli.Doctor;

/// <summary>Whether the source is watched: how far it is fetched without a gap, and how far that is counted, as the services' own tables say.</summary>
internal sealed class WatchExamination(CliSettings settings, ConfiguredServices services) : IExamination
{
    const string Fetched = "fetched", Counted = "counted", Where = "GET /coverage of the fetcher shows it minute by minute.";

    public IReadOnlyList<string> Checks => [Fetched, Counted];

    public async Task Run(Findings findings, CancellationToken ct)
    {
        var fetcher = services.Settings<FetcherOptions>();
        var database = await DatabaseConnection.Open(settings, ct);
        await using (var connection = await database.Open(ct))
            if (!await database.Dialect.HasColumn(connection, "fetcher_sources", "clock_ahead", ct))
            {
                findings.Wrong(Fetched, "No fetcher of this version has worked on this database", "See schema.");
                return;
            }
        await using var session = await database.Begin(ct);
        var now = TimeProvider.System.Milliseconds();
        // What is fetched is in the source's own time.
        var ahead = await session.First<long>("select clock_ahead from fetcher_sources where source = @Source", new { fetcher.Source }, ct); // primary key
        if (await LookAtFetched(session, fetcher, now + ahead, findings, ct))
            await LookAtCounted(session, fetcher, now, findings, ct);
    }

    static async Task<bool> LookAtFetched(DbSession session, FetcherOptions fetcher, long now, Findings findings, CancellationToken ct)
    {
        var source = await session.First<SourceRow>( // primary key
            "select watermark Watermark, polled_at PolledAt, stopped Stopped from fetcher_sources where source = @Source", new { fetcher.Source }, ct);
        if (source is not { Watermark: > 0 })
        {
            findings.Wrong(Fetched, $"No fetcher has published anything of {fetcher.Source} yet", "Is the fetcher running, and what does its /health/ready say?");
            return false;
        }
        var until = $"{Screen.Time(source.Watermark.ToTime())} UTC";
        if (now - source.Watermark <= fetcher.LateAfter.TotalMilliseconds)
        {
            findings.Ok(Fetched, $"{fetcher.Source} is watched without a gap until {until}, {Span(now - source.Watermark)} ago");
            return true;
        }
        var isSilent = now - (source.PolledAt ?? 0) > fetcher.LateAfter.TotalMilliseconds;
        var failed = await session.First<string?>( // ix_fetcher_slices_state
            "select reason from fetcher_slices where source = @Source and state = 'failed' order by slice_from limit 1", new { fetcher.Source }, ct);
        findings.Wrong(Fetched, $"{fetcher.Source} is not watched since {until} ({Span(now - source.Watermark)}): {(isSilent
                ? $"no fetcher has ended a poll {(source.PolledAt is { } polled ? $"since {Screen.Time(polled.ToTime())} UTC" : "yet")}"
                : source.Stopped ?? failed ?? "the fetcher is catching up")}",
            isSilent ? "Is the fetcher running, and what does its /health/ready say?" : Where);
        return false;
    }

    static async Task LookAtCounted(DbSession session, FetcherOptions fetcher, long now, Findings findings, CancellationToken ct)
    {
        if (await session.First<long?>("select counted_until from notifier_watermarks where source = @Source", new { fetcher.Source }, ct) is not { } counted) // primary key
            findings.Wrong(Counted, $"The notifier has never heard a fetcher report on {fetcher.Source}", "Are both running, on the same broker and virtual host?");
        else if (now - counted > fetcher.LateAfter.TotalMilliseconds)
            findings.Wrong(Counted, $"What is fetched is not counted since {Screen.Time(counted.ToTime())} UTC ({Span(now - counted)})",
                "Is an evaluator running, and does evaluator.event-batches or its error queue fill?");
        else
            findings.Ok(Counted, $"what was fetched is counted until {Screen.Time(counted.ToTime())} UTC, {Span(now - counted)} ago");
    }

    static string Span(long milliseconds) => TimeSpan.FromMilliseconds(milliseconds) switch
    {
        { TotalMinutes: < 2 } span => $"{span.TotalSeconds:0} s",
        { TotalHours: < 2 } span => $"{span.TotalMinutes:0} min",
        { TotalDays: < 2 } span => $"{span.TotalHours:0} h",
        var span => $"{span.TotalDays:0} days",
    };

    sealed class SourceRow
    {
        public long Watermark { get; init; }
        public long? PolledAt { get; init; }
        public string? Stopped { get; init; }
    }
}
