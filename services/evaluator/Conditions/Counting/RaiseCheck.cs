using MassTransit;
using Sigma.Evaluator.Triggers;
using Sigma.Hosting.Messaging;
using Sigma.Storage;

namespace Sigma.Evaluator.Conditions.Counting;

/// <summary>After a batch is committed: which of the keys it touched are over their threshold now?</summary>
internal sealed class RaiseCheck(Database database, TimeProvider time)
{
    public async Task Run(BatchKeys touched, IPublishEndpoint bus, CancellationToken ct)
    {
        if (touched.Keys.Count == 0)
            return;
        using var activity = EvaluatorTelemetry.Source.StartActivity("count");
        var now = time.Milliseconds();
        List<RaiseHint> due = [];
        List<UpdateHint> old = [];
        await using (var session = await database.Begin(ct))
        {
            // A trigger that is being cleared at this moment is waited for: either its clearing counted our events, or we see it cleared.
            var raised = await TriggerTable.RaisedAndTold(session, touched.Keys.Select(k => k.TriggerId), ct);
            foreach (var alike in touched.Keys.Where(k => !raised.ContainsKey(k.TriggerId)).GroupBy(k => (k.Rule, k.Limits.Threshold)))
            {
                var keys = alike.ToDictionary(k => k.TriggerId);
                var until = touched.Newest + alike.Key.Rule.Window - 1; // a late event fills windows that end after it too
                foreach (var crossing in await WindowCount.ThresholdCrossings(session, keys.Keys, alike.Key.Rule.Window, alike.Key.Threshold,
                    0, touched.Oldest, until, ct))
                    due.Add(new RaiseHint
                    {
                        TriggerId = crossing.TriggerId, Rule = alike.Key.Rule.Name, Source = alike.Key.Rule.Source,
                        Labels = keys[crossing.TriggerId].Labels,
                        From = touched.Oldest.ToTime(), To = until.ToTime(),
                    });
            }
            await session.Commit(ct);
            old.AddRange(touched.Keys.Where(k => raised.TryGetValue(k.TriggerId, out var told) && now - told >= DecideUpdate.AtMostEvery)
                .Select(k => new UpdateHint
                {
                    TriggerId = k.TriggerId, From = touched.Oldest.ToTime(), To = (touched.Newest + k.Rule.Window - 1).ToTime(),
                }));
        }
        if (activity is { IsAllDataRequested: true })
            activity.SetTag("sigma.for", "raise").SetTag("sigma.rule", string.Join(',', touched.Keys.Select(k => k.Rule.Name).Distinct()))
                .SetTag("sigma.keys", touched.Keys.Count).SetTag("sigma.keys.due", due.Count);
        await Task.WhenAll([.. due.Select(message => bus.PublishInTime(message, ct)), .. old.Select(message => bus.PublishInTime(message, ct))]);
    }
}
