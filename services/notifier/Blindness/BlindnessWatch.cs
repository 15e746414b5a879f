using System.Globalization;
using Microsoft.Extensions.Options;
using Quartz;
using Sigma.Hosting.Schedule;
using Sigma.Hosting.Time;
using Sigma.Notifier.Notices;
using Sigma.Storage;

namespace Sigma.Notifier.Blindness;

/// <summary>Looks whether any source has not been watched for too long, by the notifier's own clock: also when nobody reports any more.</summary>
[DisallowConcurrentExecution]
internal sealed class BlindnessWatch(Database database, WatermarkTable watermarks, NoticePlan notices, BlindnessText text, LastResort lastResort,
    BlindnessTelemetry telemetry, IOptions<NotifierOptions> options, TimeProvider time, IHostApplicationLifetime host, ILogger<BlindnessWatch> log)
    : RepeatedJob("Whether the sources are watched cannot be seen", host, log)
{
    long _lookedAt, _calmSince;

    BlindnessOptions Options => options.Value.Blindness;

    public override async Task Run(CancellationToken ct)
    {
        if (!Options.Enabled)
            return;
        var hasRead = HasReadWhatWaited();
        IReadOnlyList<Watched> all;
        try
        {
            all = await Read(ct);
        }
        catch (Exception) when (!ct.IsCancellationRequested && hasRead)
        {
            await lastResort.Look(ct);
            throw;
        }
        telemetry.Blind(all);
        if (!hasRead)
            return;
        foreach (var watched in all.Where(w => w.Judge(time.Milliseconds(), Options.After) != Verdict.Unchanged))
            await Judge(watched.Source, ct);
    }

    async Task<IReadOnlyList<Watched>> Read(CancellationToken ct)
    {
        await using var session = await database.Begin(ct);
        foreach (var told in lastResort.Told)
            await WriteDown(session, told, ct);
        var all = await watermarks.All(session, ct);
        await session.Commit(ct);
        lastResort.Saw(all);
        return all;
    }

    /// <summary>What was told while the database was away is taken for told, and its end will be.</summary>
    async Task WriteDown(DbSession session, ToldWithoutDatabase told, CancellationToken ct)
    {
        if (await watermarks.Lock(session, told, ct) is not { BlindnessKey: null } watched || told.Channels.Count == 0)
            return;
        var blindness = Ids.From("blindness", told.Source, told.From.ToString(CultureInfo.InvariantCulture));
        await watermarks.Tell(session, watched.Source, blindness, told.From, ct);
        await notices.Add(session, blindness, NoticeKind.Warning, told.Says, ct, told.Channels);
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

    /// <summary>Under the row's lock, so that of several notifiers one tells it.</summary>
    async Task Judge(string source, CancellationToken ct)
    {
        await using var session = await database.Begin(ct);
        if (await watermarks.Lock(session, source, ct) is not { } watched)
            return;
        var now = time.Milliseconds();
        switch (watched.Judge(now, Options.After))
        {
            case Verdict.GoneBlind:
                var (blindness, from) = (Guid.NewGuid(), watched.WatchedUntil);
                await watermarks.Tell(session, source, blindness, from, ct);
                await notices.Add(session, blindness, NoticeKind.Warning, text.Warning(watched, from.ToTime(), now.ToTime()), ct);
                await session.Commit(ct);
                log.LogError("{Source} is not watched since {From:yyyy-MM-dd HH:mm:ss}Z: {Reason}", watched.Name, from.ToTime().UtcDateTime, Why(watched, Options.After));
                break;
            case Verdict.SeesAgain:
                var (since, until) = (watched.BlindFrom!.Value.ToTime(), watched.ReportedTime ?? now.ToTime());
                await watermarks.Tell(session, source, null, null, ct);
                await notices.Add(session, watched.BlindnessKey!.ToGuid(), NoticeKind.AllClear, text.AllClear(watched, since, until), ct);
                await session.Commit(ct);
                lastResort.Saw(watched with { BlindnessKey = null, BlindFrom = null });
                log.LogInformation("{Source} is watched again; it was not from {From:yyyy-MM-dd HH:mm:ss}Z to {To:yyyy-MM-dd HH:mm:ss}Z",
                    watched.Name, since.UtcDateTime, until.UtcDateTime);
                break;
        }
    }

    static string Why(Watched watched, TimeSpan after) => watched switch
    {
        { ReportedAt: null } => "no fetcher has reported yet",
        _ when watched.IsUncounted(after) => $"no evaluator has counted what was fetched since {watched.CountedUntil.ToTime():yyyy-MM-dd HH:mm:ss}Z",
        { Reason: { } reason } => $"{reason} (reported {watched.ReportedTime:yyyy-MM-dd HH:mm:ss}Z)",
        _ => $"no fetcher has reported since {watched.ReportedTime:yyyy-MM-dd HH:mm:ss}Z",
    };
}
