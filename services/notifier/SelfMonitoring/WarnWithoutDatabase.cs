using System.Globalization;
using Microsoft.Extensions.Options;
using Sigma.Notifier.Deliveries;
using Sigma.Notifier.SystemNotices;
using Sigma.Storage;

namespace Sigma.Notifier.SelfMonitoring;

/// <summary>
/// Warns while the database is unavailable, from the last known state, so every notifier does. The warnings are stored once it is available again.
/// </summary>
internal sealed class WarnWithoutDatabase(NoticePlan notices, SelfMonitoringText text, IOptions<NotifierOptions> options, TimeProvider time,
    ILogger<WarnWithoutDatabase> log)
{
    readonly List<WarningWithoutDatabase> _warnings = [];
    IReadOnlyList<SourceState> _sources = [];

    SelfMonitoringOptions Options => options.Value.Blindness;

    public IReadOnlyList<WarningWithoutDatabase> Warnings => _warnings;

    /// <summary>The database is available, and the warnings are stored.</summary>
    public void Update(IReadOnlyList<SourceState> all)
    {
        _sources = all;
        _warnings.Clear();
    }

    /// <summary>An all-clear was sent, so the next unwatched time is warned of again.</summary>
    public void Update(SourceState again) => _sources = [.. _sources.Where(w => w.Source != again.Source), again];

    public async Task Check(CancellationToken ct)
    {
        var now = time.Milliseconds();
        foreach (var source in _sources.Where(w => w.ChangeAt(now, Options.After) == SourceChange.Unwatched))
        {
            var warning = _warnings.Find(t => t.Source == source.Source);
            if (warning is null)
            {
                var from = source.WatchedUntil.ToTime();
                warning = new(source.Source, source.WatchedUntil, text.Warning(source, from, now.ToTime(), Options.DatabaseReason), []);
                _warnings.Add(warning);
                log.LogError("{Source} is not watched since {From:yyyy-MM-dd HH:mm:ss}Z: the database does not answer", source.Name,
                    from.UtcDateTime);
            }
            foreach (var channel in notices.Channels.Where(c => !warning.Channels.Contains(c.Name)))
                await Send(channel, warning, ct);
        }
    }

    async Task Send(INoticeChannel channel, WarningWithoutDatabase warning, CancellationToken ct)
    {
        try
        {
            await channel.SendNotice(new(warning.Blindness, NoticeKind.Warning, warning.Text), ct);
        }
        catch (Exception e) when (!ct.IsCancellationRequested)
        {
            var failure = DeliveryFailure.From(e, channel.Options);
            if (failure.Kind == FailureKind.Unconfirmed)
                log.LogError("Whether the warning was delivered on {Channel} is not known, a person must look: {Reason}", channel.Name,
                    failure.Reason);
            else
                log.LogWarning("The warning could not be delivered on {Channel}: {Reason}", channel.Name, failure.Reason);
            if (failure.Kind == FailureKind.Transient)
                return; // retried at the next check; what may have been delivered is not
        }
        warning.Channels.Add(channel.Name);
    }
}

/// <summary>What was said, and by which channels.</summary>
internal sealed record WarningWithoutDatabase(string Source, long From, string Text, HashSet<string> Channels)
{
    /// <summary>The unwatched time it is about, by its id.</summary>
    public Guid Blindness => Ids.From("blindness", Source, From.ToString(CultureInfo.InvariantCulture));
}
