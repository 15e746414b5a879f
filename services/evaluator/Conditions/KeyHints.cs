using MassTransit;
using Sigma.Evaluator.Rules;
using Sigma.Evaluator.Triggers;
using Sigma.Hosting.Messaging;
using Sigma.Storage;

namespace Sigma.Evaluator.Conditions;

/// <summary>Has the triggers of keys look whether they must be raised or cleared. A hint that is late or wrong changes nothing.</summary>
internal sealed class KeyHints(Database database, TimeProvider time)
{
    const int KeysPerStatement = 500;

    /// <summary>
    /// Of keys that are wrong those are hinted at that are not raised, or of which nothing was told for a while; of the others those that are raised.
    /// Those that wait for their rule's hours are looked at when these begin.
    /// </summary>
    /// <param name="rule">Whose keys they are.</param>
    /// <param name="keys">The keys, each with whether it is wrong.</param>
    /// <param name="bus">Where hints are published.</param>
    /// <param name="ct">Ends the waiting.</param>
    /// <param name="hasValues">Whether news of a key that is raised can have another value to tell.</param>
    public async Task Send(Rule rule, IEnumerable<(Key Key, bool Wrong)> keys, IPublishEndpoint bus, CancellationToken ct, bool hasValues = true)
    {
        foreach (var some in keys.Chunk(KeysPerStatement))
        {
            var (raised, waiting) = await Look(rule, [.. some.Select(k => k.Key.TriggerId)], ct);
            await Task.WhenAll(some.Where(k => k.Wrong != raised.ContainsKey(k.Key.TriggerId) && !(k.Wrong && waiting.Contains(k.Key.TriggerId)))
                .Select(k => k.Wrong ? bus.PublishInTime(RaiseHint(rule, k.Key), ct) : bus.PublishInTime(ClearHint(k.Key), ct)));
            await Task.WhenAll(some.Where(k => hasValues && k.Wrong && raised.TryGetValue(k.Key.TriggerId, out var told) && IsOld(told))
                .Select(k => bus.PublishInTime(UpdateHint(k.Key), ct)));
        }
    }

    /// <summary>Whatever they are now, they must be looked at.</summary>
    public async Task Send(Rule rule, IReadOnlyCollection<Key> keys, IPublishEndpoint bus, CancellationToken ct)
    {
        var (raised, _) = await Look(null, [.. keys.Select(key => key.TriggerId)], ct);
        await Task.WhenAll(keys.Select(key =>
            raised.ContainsKey(key.TriggerId) ? bus.PublishInTime(ClearHint(key), ct) : bus.PublishInTime(RaiseHint(rule, key), ct)));
    }

    // A trigger that is being decided on at this moment is waited for: either it saw what is stored by now, or we see what it has decided.
    async Task<(Dictionary<Guid, long> Raised, HashSet<Guid> Waiting)> Look(Rule? rule, IReadOnlyCollection<Guid> triggers, CancellationToken ct)
    {
        var isOutOfHours = rule?.Hours is { } hours && hours.EndOf(time.GetUtcNow()) is null;
        await using var session = await database.Begin(ct);
        var raised = await TriggerTable.RaisedAndTold(session, triggers.DefaultIfEmpty(), ct);
        HashSet<Guid> waiting = isOutOfHours && triggers.Count > 0 ? await PendingTable.Find(session, triggers, ct) : [];
        await session.Commit(ct);
        return (raised, waiting);
    }

    RaiseHint RaiseHint(Rule rule, Key key) => new()
    {
        TriggerId = key.TriggerId, Rule = rule.Name, Source = rule.Source, Labels = key.Labels, From = time.GetUtcNow(), To = time.GetUtcNow(),
    };

    bool IsOld(long told) => time.Milliseconds() - told >= DecideUpdate.AtMostEvery;

    UpdateHint UpdateHint(Key key) => new() { TriggerId = key.TriggerId, From = time.GetUtcNow(), To = time.GetUtcNow() };

    ClearHint ClearHint(Key key) => new() { TriggerId = key.TriggerId, Through = time.GetUtcNow(), Reason = ClearReason.News };
}
