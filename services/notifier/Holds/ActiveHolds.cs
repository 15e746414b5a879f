using Sigma.Notifier.Inhibition;
using Sigma.Notifier.Routing;
using Sigma.Notifier.Silences;
using Sigma.Notifier.Snoozes;

namespace Sigma.Notifier.Holds;

/// <summary>What can hold an alert, as of one moment.</summary>
/// <param name="Policy">Its hours, maintenance windows and inhibitions.</param>
/// <param name="Silences">Those that have not ended.</param>
/// <param name="Inhibitors">Alerts that are raised and can inhibit others.</param>
internal sealed record ActiveHolds(NotificationPolicy Policy, IReadOnlyList<Silence> Silences, IReadOnlyDictionary<Guid, AlertFacts> Inhibitors)
{
    /// <summary>Those of alerts that are snoozed, by the alert.</summary>
    public IReadOnlyDictionary<Guid, Snooze> Snoozes { get; init; } = new Dictionary<Guid, Snooze>();

    /// <summary>The first that holds an alert back from a receiver; null when nothing does. Nothing holds a drill.</summary>
    public Hold? Of(Guid alert, AlertFacts facts, string receiver, DateTimeOffset now) => facts.IsDrill ? null
        : OfSnooze(alert, now) ?? OfInhibition(alert, facts) ?? OfHours(facts, receiver, now) ?? OfSilence(facts, now) ?? OfMaintenance(facts, now);

    /// <summary>The first that holds it back from everybody, so without its routes' hours.</summary>
    public Hold? Of(Guid alert, AlertFacts facts, DateTimeOffset now) => facts.IsDrill ? null
        : OfSnooze(alert, now) ?? OfInhibition(alert, facts) ?? OfSilence(facts, now) ?? OfMaintenance(facts, now);

    /// <summary>Whether the same things can hold an alert: then nothing need be looked at before its time.</summary>
    public bool HasSame(ActiveHolds other) => ReferenceEquals(Policy, other.Policy)
        && Silences.Select(silence => silence.Id).SequenceEqual(other.Silences.Select(silence => silence.Id))
        && Inhibitors.Count == other.Inhibitors.Count && Inhibitors.Keys.All(other.Inhibitors.ContainsKey)
        && Snoozes.Count == other.Snoozes.Count && Snoozes.All(snooze => other.Snoozes.GetValueOrDefault(snooze.Key) == snooze.Value);

    /// <summary>The same for an alert whose snooze ends now.</summary>
    public ActiveHolds WithoutSnoozeOf(Guid alert) => !Snoozes.ContainsKey(alert) ? this
        : this with { Snoozes = Snoozes.Where(snooze => snooze.Key != alert).ToDictionary() };

    Hold? OfSnooze(Guid alert, DateTimeOffset now) => Snoozes.GetValueOrDefault(alert)?.HoldAt(now);

    Hold? OfInhibition(Guid alert, AlertFacts facts)
    {
        foreach (var inhibition in Policy.Inhibitions)
            if (inhibition.Of(alert, facts, Inhibitors) is { } source)
                return new(HoldKind.Inhibited, $"inhibited ({inhibition.Name}) by alert {source}", null);
        return null;
    }

    // Who is told by two routes is told when the hours of one of them are.
    Hold? OfHours(AlertFacts facts, string receiver, DateTimeOffset now)
    {
        var routes = Policy.Routes.Of(facts).Where(route => route.Receiver == receiver).ToList();
        if (routes.Count == 0 || routes.Exists(route => route.Hours is null || route.Hours.EndOf(now) is not null))
            return null;
        var next = routes.Min(route => route.Hours!.NextAfter(now));
        return new(HoldKind.OutOfHours, $"out of hours ({routes[0].Path}: {routes[0].Hours}) until {Hold.Time(next)}", next);
    }

    Hold? OfSilence(AlertFacts facts, DateTimeOffset now)
    {
        // The one that ends last: when one of the others ends, it is held still.
        var silence = Silences.Where(s => s.From <= now && now < s.Until && s.Matchers.Fit(facts)).MaxBy(s => s.Until);
        return silence is null ? null
            : new(HoldKind.Silenced, $"silenced until {Hold.Time(silence.Until)} by {silence.By}: {silence.Why}", silence.Until);
    }

    Hold? OfMaintenance(AlertFacts facts, DateTimeOffset now)
    {
        foreach (var window in Policy.Maintenance)
            if (window.EndOf(facts, now) is { } end)
                return new(HoldKind.Maintenance, $"maintenance {window.Name} until {Hold.Time(end)}", end);
        return null;
    }
}
