using Microsoft.Extensions.Options;
using Sigma.Notifier.Deliveries;
using Sigma.Notifier.Notices;
using Sigma.Storage;

namespace Sigma.Notifier.Blindness;

/// <summary>
/// Tells it while the database is away, whose absence has nobody watch: from memory, so each notifier does. What was told is written down when it is back.
/// </summary>
internal sealed class LastResort(NoticePlan notices, BlindnessText text, IOptions<NotifierOptions> options, TimeProvider time, ILogger<LastResort> log)
{
    readonly List<ToldWithoutDatabase> _told = [];
    IReadOnlyList<Watched> _seen = [];

    BlindnessOptions Options => options.Value.Blindness;

    public IReadOnlyList<ToldWithoutDatabase> Told => _told;

    /// <summary>The database answers, and all that was told is written down.</summary>
    public void Saw(IReadOnlyList<Watched> all)
    {
        _seen = all;
        _told.Clear();
    }

    /// <summary>People were told that a source is watched again: the next time that it is not is to be told.</summary>
    public void Saw(Watched again) => _seen = [.. _seen.Where(w => w.Source != again.Source), again];

    public async Task Look(CancellationToken ct)
    {
        var now = time.Milliseconds();
        foreach (var watched in _seen.Where(w => w.Judge(now, Options.After) == Verdict.GoneBlind))
        {
            var told = _told.Find(t => t.Source == watched.Source);
            if (told is null)
            {
                var from = watched.WatchedUntil.ToTime();
                told = new(watched.Source, watched.WatchedUntil, text.Warning(watched, from, now.ToTime(), Options.DatabaseReason), []);
                _told.Add(told);
                log.LogError("{Source} is not watched since {From:yyyy-MM-dd HH:mm:ss}Z: the database does not answer", watched.Name, from.UtcDateTime);
            }
            foreach (var channel in notices.Channels.Where(c => !told.Channels.Contains(c.Name)))
                await Say(channel, told, ct);
        }
    }

    async Task Say(INoticeChannel channel, ToldWithoutDatabase told, CancellationToken ct)
    {
        try
        {
            await channel.Say(told.Says, ct);
        }
        catch (Exception e) when (!ct.IsCancellationRequested)
        {
            var failure = DeliveryFailure.From(e);
            if (failure.Kind == FailureKind.Unconfirmed)
                log.LogError("Whether it was told on {Channel} is not known, a person must look: {Reason}", channel.Name, failure.Reason);
            else
                log.LogWarning("It cannot be told on {Channel}: {Reason}", channel.Name, failure.Reason);
            if (failure.Kind == FailureKind.Transient)
                return; // again at the next turn; what may have been heard is not said at every turn
        }
        told.Channels.Add(channel.Name);
    }
}

/// <summary>What was said, and by which channels.</summary>
internal sealed record ToldWithoutDatabase(string Source, long From, string Says, HashSet<string> Channels);
