using System.Collections.Concurrent;
using Sigma.Hosting.Alertmanager;
using Sigma.OperatorConsole.Alerts;
using Sigma.OperatorConsole.Api.Alertmanager;
using Sigma.OperatorConsole.Services;

namespace Sigma.OperatorConsole.Board;

/// <summary>
/// Who was told of the alerts that are on screens, and which of them a silence holds. The notifier is asked of what is seen alone, all at once, and
/// for all screens; what it said last is shown while it is away.
/// </summary>
internal sealed class RowTellings(NotifierClient notifier, SilencesOfAlerts silences)
{
    const int MostAtOnce = 500, MostKept = 20_000;

    static readonly TimeSpan Fresh = TimeSpan.FromSeconds(10);

    // Not the service's clock, which in a demonstration runs ahead.
    static readonly TimeProvider Real = TimeProvider.System;

    readonly ConcurrentDictionary<Guid, Known> _known = new();
    long? _failedAt;

    /// <summary>What is known of an alert; null when nothing is.</summary>
    public RowTelling? Of(Guid alert) => _known.GetValueOrDefault(alert)?.Telling;

    /// <summary>Asks of those that were not asked of lately; returns whether any of them says something else by now.</summary>
    public async Task<bool> Load(IReadOnlyCollection<AlertView> alerts, CancellationToken ct)
    {
        var due = alerts.Where(alert => !alert.Shadow && !IsFresh(alert.AlertId)).DistinctBy(alert => alert.AlertId).Take(MostAtOnce).ToList();
        if (due.Count == 0 || _failedAt is { } failed && Real.GetElapsedTime(failed) < Fresh)
            return false;
        Dictionary<Guid, IReadOnlyList<ToldChannel>> told;
        try
        {
            told = (await notifier.Told([.. due.Select(alert => alert.AlertId)], ct)).ToDictionary(alert => alert.AlertId, alert => alert.Channels);
        }
        catch (ServiceException)
        {
            _failedAt = Real.GetTimestamp();
            return false; // the system page says that it is away
        }
        _failedAt = null;
        var inForce = await silences.InForce(ct);
        if (_known.Count > MostKept)
            _known.Clear();
        var hasChanged = false;
        foreach (var alert in due)
        {
            RowTelling now = new(told.GetValueOrDefault(alert.AlertId) ?? [], IsSilenced(alert, inForce));
            var before = Of(alert.AlertId);
            if (before is null || !before.SaysSame(now))
                hasChanged = true;
            else
                now = before;
            _known[alert.AlertId] = new(now, Real.GetTimestamp());
        }
        return hasChanged;
    }

    bool IsFresh(Guid alert) => _known.TryGetValue(alert, out var known) && Real.GetElapsedTime(known.At) < Fresh;

    static bool IsSilenced(AlertView alert, IReadOnlyList<(string Id, IReadOnlyList<LabelMatcher> Matchers)> silences)
    {
        if (silences.Count == 0)
            return false;
        var labels = ListedAlerts.LabelsOf(alert);
        return silences.Any(silence => silence.Matchers.All(matcher => matcher.Fits(labels.GetValueOrDefault(matcher.Name, ""))));
    }

    sealed record Known(RowTelling Telling, long At);
}

/// <summary>Who was told of an alert.</summary>
/// <param name="Channels">By integration; none when nobody was.</param>
/// <param name="IsSilenced">Whether a silence holds it now.</param>
public sealed record RowTelling(IReadOnlyList<ToldChannel> Channels, bool IsSilenced)
{
    /// <summary>Whether another one says the same.</summary>
    public bool SaysSame(RowTelling other) => IsSilenced == other.IsSilenced && Channels.SequenceEqual(other.Channels);
}
