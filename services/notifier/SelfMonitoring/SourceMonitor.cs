using Microsoft.Extensions.Options;
using Quartz;
using Sigma.Hosting.Schedule;
using Sigma.Hosting.Time;
using Sigma.Notifier.SystemNotices;
using Sigma.Storage;

namespace Sigma.Notifier.SelfMonitoring;

/// <summary>Looks whether any source has not been watched for too long, by the notifier's own clock: also when nobody reports any more.</summary>
[DisallowConcurrentExecution]
internal sealed class SourceMonitor(Database database, WatermarkTable watermarks, NoticePlan notices, SelfMonitoringText text,
    WarnWithoutDatabase warnWithoutDatabase,
    SelfMonitoringTelemetry telemetry, IOptions<NotifierOptions> options, TimeProvider time, IHostApplicationLifetime host,
    ILogger<SourceMonitor> log)
    : RepeatedJob("Checking whether the sources are watched failed", host, log)
{
    long _lookedAt, _calmSince;

    SelfMonitoringOptions Options => options.Value.Blindness;

    public override async Task Run(CancellationToken ct)
    {
        if (!Options.Enabled)
            return;
        var hasRead = HasReadWhatWaited();
        IReadOnlyList<SourceState> all;
        try
        {
            all = await Read(ct);
        }
        catch (Exception) when (!ct.IsCancellationRequested && hasRead)
        {
            await warnWithoutDatabase.Check(ct);
            throw;
        }
        telemetry.Report(all);
        if (!hasRead)
            return;
        foreach (var watched in all.Where(w => w.ChangeAt(time.Milliseconds(), Options.After) != SourceChange.Unchanged))
            await Check(watched.Source, ct);
    }

    async Task<IReadOnlyList<SourceState>> Read(CancellationToken ct)
    {
        await using var session = await database.Begin(ct);
        foreach (var warning in warnWithoutDatabase.Warnings)
            await WriteDown(session, warning, ct);
        var all = await watermarks.All(session, ct);
        await session.Commit(ct);
        warnWithoutDatabase.Update(all);
        return all;
    }

    /// <summary>Stores the warnings sent while the database was unavailable, so that their all-clear follows.</summary>
    async Task WriteDown(DbSession session, WarningWithoutDatabase warning, CancellationToken ct)
    {
        if (await watermarks.Lock(session, warning, ct) is not { Blindness: null } watched || warning.Channels.Count == 0)
            return;
        await watermarks.SetUnwatched(session, watched.Source, warning.Blindness, warning.From, ct);
        await notices.Add(session, warning.Blindness, NoticeKind.Warning, warning.Text, ct, warning.Channels);
    }

    // After a start, and after this process or the machine stood still or the clock was set, what waits in the queue is read first.
    bool HasReadWhatWaited()
    {
        var now = time.Milliseconds();
        var gap = Options.Grace > 2 * Options.CheckEvery ? Options.Grace : 2 * Options.CheckEvery;
        if (now - _lookedAt > gap.TotalMilliseconds || now < _lookedAt || time is HoldoverClock { IsInDoubt: true })
            _calmSince = time.GetTimestamp();
        _lookedAt = now;
        return time.GetElapsedTime(_calmSince) >= Options.Grace;
    }

    /// <summary>Under the row's lock, so that one of several notifiers sends it.</summary>
    async Task Check(string source, CancellationToken ct)
    {
        await using var session = await database.Begin(ct);
        if (await watermarks.Lock(session, source, ct) is not { } watched)
            return;
        var now = time.Milliseconds();
        switch (watched.ChangeAt(now, Options.After))
        {
            case SourceChange.Unwatched:
                var (blindness, from) = (Guid.NewGuid(), watched.WatchedUntil);
                await watermarks.SetUnwatched(session, source, blindness, from, ct);
                await notices.Add(session, blindness, NoticeKind.Warning, text.Warning(watched, from.ToTime(), now.ToTime()), ct);
                await session.Commit(ct);
                log.LogError("{Source} is not watched since {From:yyyy-MM-dd HH:mm:ss}Z: {Reason}", watched.Name, from.ToTime().UtcDateTime,
                    Why(watched, Options.After));
                break;
            case SourceChange.WatchedAgain:
                var (since, until) = (watched.BlindFrom!.Value.ToTime(), watched.ReportedTime ?? now.ToTime());
                await watermarks.SetUnwatched(session, source, null, null, ct);
                await notices.Add(session, watched.Blindness!.Value, NoticeKind.AllClear, text.AllClear(watched, since, until), ct);
                await session.Commit(ct);
                warnWithoutDatabase.Update(watched with { Blindness = null, BlindFrom = null });
                log.LogInformation("{Source} is watched again; it was not from {From:yyyy-MM-dd HH:mm:ss}Z to {To:yyyy-MM-dd HH:mm:ss}Z",
                    watched.Name, since.UtcDateTime, until.UtcDateTime);
                break;
        }
    }

    static string Why(SourceState watched, TimeSpan after) => watched switch
    {
        { ReportedAt: null } => "no fetcher has reported yet",
        _ when watched.IsUncounted(after) => $"no evaluator has counted what was fetched since {watched.CountedUntil.ToTime():yyyy-MM-dd HH:mm:ss}Z",
        { Reason: { } reason } => $"{reason} (reported {watched.ReportedTime:yyyy-MM-dd HH:mm:ss}Z)",
        _ => $"no fetcher has reported since {watched.ReportedTime:yyyy-MM-dd HH:mm:ss}Z",
    };
}
