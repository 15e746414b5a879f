using MassTransit;
using Sigma.Contracts;
using Sigma.Evaluator.Conditions.Counting;
using Sigma.Evaluator.Coverage;
using Sigma.Evaluator.Rules;
using Sigma.Evaluator.Triggers;
using Sigma.Hosting.Messaging;
using Sigma.Hosting.Telemetry;
using Sigma.Storage;

namespace Sigma.Evaluator.Changes;

/// <summary>
/// Brings the alerts that are raised in line with the rules as they are now. A row is a raised alert, so there are few, and names are compared here,
/// as everywhere in the code.
/// </summary>
internal sealed class RaisedAlerts(Database database, CoverageLog coverage, ClearCheck clearing, IBus bus, TimeProvider time,
    ILogger<RaisedAlerts> log)
{
    readonly HashSet<(Guid, long)> _told = [];

    /// <summary>Moves an alert of a renamed rule to the new name: it is the same alert, and no message is sent.</summary>
    public async Task CarryOn(RuleSet rules, CancellationToken ct)
    {
        foreach (var trigger in await All(ct))
        {
            if (rules.Find(trigger.Rule) is not null || rules.FindFormer(trigger.Rule) is not { } heir || heir.Source != trigger.Source
                || !rules.HasKey(heir, trigger.Labels) || !heir.IsTrigger(trigger.Rule, trigger.CorrelationId, trigger.Labels))
                continue;
            if (await CarryOn(trigger, heir, ct))
                log.LogInformation("The alert {AlertId} of {Key} is carried on by rule {Rule}, which was {Former}", trigger.AlertId,
                    trigger.Labels.Key(), heir.Name, trigger.Rule);
        }
    }

    // A hint about the heir's key that comes at this moment has a row of its own there for as long as it is looked at.
    Task<bool> CarryOn(Trigger trigger, Rule heir, CancellationToken ct) => database.RetryTransaction(
        session => TriggerTable.CarryOn(session, trigger, heir.TriggerId(heir.Name, trigger.Labels, trigger.CorrelationId), heir.Name, ct),
        ct);

    /// <summary>Ends alerts that are no rule's any more; returns how many there were. They are gone when their message was consumed.</summary>
    public async Task<int> End(RuleSet rules, CancellationToken ct)
    {
        var ended = 0;
        foreach (var trigger in await All(ct))
        {
            var rule = rules.Find(trigger.Rule);
            if (rules.IsUnreadable(trigger.Rule) || rule is not null && rules.IsTriggerOf(rule, trigger))
                continue;
            ended++;
            var reason = rules.IsThere(trigger.Rule) ? ClearReason.RuleChanged : ClearReason.RuleRemoved;
            if (_told.Add((trigger.CorrelationId, rules.Revision)))
                log.LogWarning("Rule {Rule} {What}: the alert {AlertId} of {Key} ends", trigger.Rule,
                    reason == ClearReason.RuleRemoved ? "is no longer configured" : rule is null ? "is switched off"
                    : rule.IsShadow != trigger.Shadow ? $"is {(rule.IsShadow ? "in the shadow" : "live")} now" : "does not count this key any more",
                    trigger.AlertId, trigger.Labels.Key());
            await bus.PublishInTime(new ClearHint { TriggerId = trigger.CorrelationId, Through = DateTimeOffset.UnixEpoch, Reason = reason }, ct);
        }
        return ended;
    }

    /// <summary>
    /// Looks at the others by the rules as they are now, whatever the rules of before had foreseen: those that are counted, and of other kinds those
    /// of changed rules.
    /// </summary>
    public async Task LookAgain(RuleSet rules, IReadOnlySet<Rule> changed, CancellationToken ct)
    {
        var raised =
            (await All(ct)).Where(trigger => rules.Find(trigger.Rule) is { } rule && rules.IsTriggerOf(rule, trigger))
                .ToList();
        await using (var session = await database.Begin(ct))
        {
            await TriggerTable.CheckNow(session, [.. raised.Select(trigger => trigger.CorrelationId).Order()], ct);
            await session.Commit(ct);
        }
        foreach (var alike in raised.Where(trigger => trigger.Kind == RuleKind.Count).Select(trigger => rules.Find(trigger.Rule)!)
            .GroupBy(rule => (rule.EventSource, rule.CoveredAs)))
            if (await coverage.Covered(alike.Key.CoveredAs, ct) is { } coveredRange)
                await clearing.Run(alike.Key.EventSource, coveredRange, bus, ct);
        foreach (var trigger in raised.Where(trigger => trigger.Kind != RuleKind.Count && changed.Contains(rules.Find(trigger.Rule)!)))
            await bus.PublishInTime(new ClearHint { TriggerId = trigger.CorrelationId, Through = time.GetUtcNow(), Reason = ClearReason.News }, ct);
        // Reports need not come again; of others the next news has it looked at.
        foreach (var trigger in raised.Where(trigger => trigger.Kind == RuleKind.External))
            if (rules.Find(trigger.Rule) is { } rule && changed.Contains(rule) && (rule.IsSeverityReported || rule.Severity != trigger.Severity))
                await bus.PublishInTime(new UpdateHint { TriggerId = trigger.CorrelationId, From = time.GetUtcNow(), To = time.GetUtcNow() }, ct);
    }

    async Task<List<Trigger>> All(CancellationToken ct)
    {
        await using var session = await database.Begin(ct);
        var raised = await TriggerTable.AllRaised(session, ct);
        return raised.FindAll(trigger => !Drill.Is(trigger.Rule));
    }
}
