using System.Globalization;
using System.Text;
using Microsoft.Extensions.Options;
using Sigma.Evaluator.Queries;
using Sigma.Evaluator.Rules;
using Sigma.Fetcher;
using Sigma.Fetcher.Queries;
using Sigma.Notifier.Queries;
using Sigma.Storage;

namespace Sigma.Cli.Status;

/// <summary>How far each source is fetched and counted, and its last hours by the minute.</summary>
internal sealed class WatchedTime(Database database, IOptions<FetcherOptions> fetcher, RuleSet rules, TimeSpan blindAfter, TimeProvider time)
{
    const int MinutesPerHour = 60, MostRanges = 8;
    const long Hour = MinutesPerHour * CoverageStrip.Minute;

    static readonly Dictionary<MinuteState, char> Signs = new()
    {
        [MinuteState.Covered] = '█', [MinuteState.Late] = '▒', [MinuteState.Pending] = '.', [MinuteState.Missing] = 'X', [MinuteState.Unknown] = '-',
    };

    public async Task Show(Screen screen, TimeSpan length, Problems problems, CancellationToken ct)
    {
        var known = await new CoverageSummary(database, fetcher, time).Of(length, ct);
        var strip = CoverageStrip.Of(known, fetcher.Value.LateAfter);
        foreach (var source in await Sources(known, ct))
            Show(screen, source, known.Now.ToTime(), problems);
        if (screen.Json)
            foreach (var range in CoverageStrip.Ranges(strip, known.From))
                screen.Line(new
                {
                    kind = "coverage", source = fetcher.Value.Source, from = range.From.ToTime(), to = range.To.ToTime(), minutes = range.Minutes,
                    state = CoverageStrip.Name(range.Look.State), reason = range.Look.Reason,
                    attempts = range.Look.Attempts > 0 ? range.Look.Attempts : (int?)null,
                    nextTry = range.Look.NextTry?.ToTime(), coveredAt = range.Look.CoveredAt?.ToTime(),
                });
        else
            Draw(screen, known, strip);
    }

    /// <summary>The fetcher's, those that rules count and those that were reported, each as far as it is known.</summary>
    async Task<List<Source>> Sources(KnownCoverage known, CancellationToken ct)
    {
        var reported = await new WatchQuery(database).All(ct);
        CoverageQuery counted = new(database);
        List<Source> sources = [];
        foreach (var name in rules.All.Select(rule => rule.Source).Concat(reported.Select(r => r.Source)).Prepend(fetcher.Value.Source).Distinct())
        {
            var own = name == fetcher.Value.Source;
            var report = reported.FirstOrDefault(r => r.Source == name);
            sources.Add(new(name, own ? known.Watermark : report?.Watermark, (await counted.Newest(name, ct))?.To, report?.BlindFrom,
                own || report is not null, own ? known.PolledAt : null, own ? known.Stopped : null));
        }
        return sources;
    }

    void Show(Screen screen, Source source, DateTimeOffset now, Problems problems)
    {
        var lag = now - source.WatchedUntil?.ToTime();
        var blind = source.IsExpected && !(lag <= blindAfter);
        screen.Line(
            new
            {
                kind = "source", source = source.Name, fetchedUntil = source.Fetched?.ToTime(), countedUntil = source.Counted?.ToTime(),
                lagSeconds = lag?.TotalSeconds,
                blind, toldBlindSince = source.ToldBlindSince?.ToTime(), lastPoll = source.PolledAt?.ToTime(), lastPollStopped = source.Stopped,
            },
            $"""
            {Screen.OneLine(source.Name)}
              fetched until {Until(source.Fetched, now)}
              counted until {Until(source.Counted, now)}
            """);
        if (source.ToldBlindSince is { } told && !screen.Json)
            screen.Line($"  People are told that it is not watched since {Screen.Time(told.ToTime())}.");
        if (source.Stopped is { } why && !screen.Json)
            screen.Line(StatusCommand.Shortened($"  The last poll ended early: {Screen.OneLine(why)}"));
        if (blind)
            problems.Add(lag is { } behind
                ? $"{Screen.OneLine(source.Name)} is not watched for {Screen.Span(behind)}" : $"{Screen.OneLine(source.Name)} is not watched yet");
    }

    static string Until(long? at, DateTimeOffset now) =>
        at is { } until ? $"{Screen.Time(until.ToTime())} UTC, {Screen.Span(now - until.ToTime())} ago" : "never";

    // A row for each hour, as the page of the fetcher has it.
    static void Draw(Screen screen, KnownCoverage known, IReadOnlyList<MinuteLook> strip)
    {
        screen.Line(string.Create(CultureInfo.InvariantCulture, $"  UTC   :00       :10       :20       :30       :40       :50"));
        var end = known.From + strip.Count * CoverageStrip.Minute;
        for (var hour = known.From / Hour * Hour; hour < end; hour += Hour)
        {
            StringBuilder row = new();
            for (var minute = hour; minute < Math.Min(hour + Hour, end); minute += CoverageStrip.Minute)
                row.Append(minute < known.From ? ' ' : Signs[strip[(int)((minute - known.From) / CoverageStrip.Minute)].State]);
            screen.Line(string.Create(CultureInfo.InvariantCulture, $"  {hour.ToTime():HH:mm} {row}"));
        }
        screen.Line("  " + string.Join("   ", Signs.Select(sign => string.Create(CultureInfo.InvariantCulture,
            $"{sign.Value} {CoverageStrip.Name(sign.Key)} {strip.Count(look => look.State == sign.Key)}"))) + "   (minutes)");
        var others = CoverageStrip.Ranges(strip, known.From).Where(range => range.Look.State is MinuteState.Late or MinuteState.Missing).Reverse()
            .ToList();
        foreach (var range in others.Take(MostRanges))
            screen.Line(
                StatusCommand.Shortened(
                    $"  {range.From.ToTime():HH:mm} to {range.To.ToTime():HH:mm} {CoverageStrip.Name(range.Look.State)}: "
                    + $"{Screen.OneLine(range.Look.Reason ?? "?")}"
                    + (range.Look.NextTry is { } next ? $"; next try {next.ToTime():HH:mm:ss}" : "")));
        if (others.Count > MostRanges)
            screen.Line($"  and {others.Count - MostRanges} more; GET /coverage of a fetcher shows all");
    }

    /// <summary>Times as stored.</summary>
    sealed record Source(string Name, long? Fetched, long? Counted, long? ToldBlindSince, bool IsExpected, long? PolledAt, string? Stopped)
    {
        /// <summary>What is fetched but not counted is not watched.</summary>
        public long? WatchedUntil => Fetched is { } fetched && Counted is { } counted ? Math.Min(fetched, counted) : null;
    }
}
