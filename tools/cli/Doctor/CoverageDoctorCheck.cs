using Sigma.Cli.Data;
using Sigma.Cli.Settings;
using Sigma.Fetcher;
using Sigma.Fetcher.Queries;
using Sigma.Notifier.Queries;
using Sigma.Storage;

namespace Sigma.Cli.Doctor;

/// <summary>
/// Whether the source is watched: how far it is fetched without a gap, and how far that is counted, as the services' own tables say.
/// </summary>
internal sealed class CoverageDoctorCheck(CliSettings settings, ConfiguredServices services) : IDoctorCheck
{
    const string Fetched = "fetched", Counted = "counted", Where = "GET /coverage of the fetcher shows it minute by minute.";

    public IReadOnlyList<string> CheckNames => [Fetched, Counted];

    public async Task Run(Findings findings, CancellationToken ct)
    {
        var fetcher = services.Settings<FetcherOptions>();
        var database = await DatabaseConnection.Open(settings, ct);
        SourceQuery sources = new(database);
        if (!await sources.Exists(ct))
        {
            findings.Wrong(Fetched, "No fetcher of this version has worked on this database", "See schema.");
            return;
        }
        var source = await sources.Of(fetcher.Source, ct);
        var now = TimeProvider.System.Milliseconds();
        // What is fetched is in the source's own time.
        if (LookAtFetched(source, fetcher, now + (source?.ClockAhead ?? 0), findings))
            LookAtCounted(await new WatchQuery(database).CountedUntil(fetcher.Source, ct), fetcher, now, findings);
    }

    static bool LookAtFetched(SourceProgress? source, FetcherOptions fetcher, long now, Findings findings)
    {
        if (source is not { Watermark: > 0 })
        {
            findings.Wrong(Fetched, $"No fetcher has published anything of {fetcher.Source} yet",
                "Is the fetcher running, and what does its /health/ready say?");
            return false;
        }
        var until = $"{Screen.Time(source.Watermark.ToTime())} UTC";
        if (now - source.Watermark <= fetcher.LateAfter.TotalMilliseconds)
        {
            findings.Ok(Fetched, $"{fetcher.Source} is watched without a gap until {until}, {Span(now - source.Watermark)} ago");
            return true;
        }
        var isSilent = now - (source.PolledAt ?? 0) > fetcher.LateAfter.TotalMilliseconds;
        findings.Wrong(Fetched, $"{fetcher.Source} is not watched since {until} ({Span(now - source.Watermark)}): {(isSilent
                ? $"no fetcher has ended a poll {(source.PolledAt is { } polled ? $"since {Screen.Time(polled.ToTime())} UTC" : "yet")}"
                : source.Stopped ?? source.Failed ?? "the fetcher is catching up")}",
            isSilent ? "Is the fetcher running, and what does its /health/ready say?" : Where);
        return false;
    }

    static void LookAtCounted(long? countedUntil, FetcherOptions fetcher, long now, Findings findings)
    {
        if (countedUntil is not { } counted)
            findings.Wrong(Counted, $"The notifier has never heard a fetcher report on {fetcher.Source}",
                "Are both running, on the same broker and virtual host?");
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
}
