using Sigma.Notifier.Alerts;
using Sigma.Notifier.Routing;
using Sigma.Storage;

namespace Sigma.Notifier.Inhibition;

/// <summary>The alerts that are raised and can hold back others. What an alert is never changes, so only those not yet seen are read.</summary>
internal sealed class RaisedInhibitors(AlertHistory history)
{
    volatile Known _known = new(null, new Dictionary<Guid, AlertFacts?>());

    public async Task<IReadOnlyDictionary<Guid, AlertFacts>> Read(DbSession session, NotificationPolicy policy, CancellationToken ct)
    {
        if (policy.Inhibitions.Count == 0)
            return new Dictionary<Guid, AlertFacts>();
        var known = ReferenceEquals(_known.Policy, policy) ? _known.Alerts : new Dictionary<Guid, AlertFacts?>();
        var raised = await history.Raised(session, ct);
        var unseen = await history.Find(session, [.. raised.Where(id => !known.ContainsKey(id))], ct);
        Dictionary<Guid, AlertFacts?> all = [];
        foreach (var id in raised)
            if (known.TryGetValue(id, out var facts))
                all[id] = facts;
            else if (unseen.GetValueOrDefault(id) is { } episode && AlertFacts.Of(episode) is var read)
                all[id] = policy.Inhibitions.Any(inhibition => inhibition.Source.Fit(read)) ? read : null;
        _known = new(policy, all);
        return all.Where(alert => alert.Value is not null).ToDictionary(alert => alert.Key, alert => alert.Value!);
    }

    /// <param name="Policy">By which it was found which alerts can hold back others.</param>
    /// <param name="Alerts">All that are raised; null for one that cannot.</param>
    sealed record Known(NotificationPolicy? Policy, IReadOnlyDictionary<Guid, AlertFacts?> Alerts);
}
