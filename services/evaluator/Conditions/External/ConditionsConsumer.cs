using MassTransit;
using Sigma.Contracts;
using Sigma.Evaluator.Coverage;
using Sigma.Evaluator.Rules;
using Sigma.Evaluator.Triggers;
using Sigma.Storage;

namespace Sigma.Evaluator.Conditions.External;

/// <summary>Stores what somebody else's monitoring says, commits, then has those keys looked at. Every step may be repeated.</summary>
internal sealed class ConditionsConsumer(Database database, RuleBook book, IntakeLog intake, KeyHints hints, TimeProvider time)
    : IConsumer<ConditionReported>
{
    const int LongestId = 255;

    public async Task Consume(ConsumeContext<ConditionReported> context)
    {
        var (news, ct) = (context.Message, context.CancellationToken);
        NewsLimits.Check("conditions", news.Source, news.Intake, news.Conditions, Fault);
        Dictionary<Rule, List<Report>> reports;
        await using (var session = await database.Begin(ct))
        {
            reports = (await book.Current(session, ct)).Of(RuleKind.External, news.Source).ToDictionary(rule => rule, rule => Newest(rule, news));
            foreach (var (rule, some) in reports)
            {
                var (missed, changed) = await ReportedTable.Store(session, rule, some, time.Milliseconds(), ct);
                await PendingTable.PutMissed(session, rule.Name, missed, time.Milliseconds(), ct);
                await PutChanged(session, rule, changed, ct);
            }
            await IntakeLog.Store(session, news.Intake, ct);
            await session.Commit(ct);
        }
        foreach (var (rule, some) in reports)
            await hints.Send(rule, some.GroupBy(r => r.Key.TriggerId)
                .Select(key => (key.First().Key, key.Any(r => r.Fires) && rule.Options.For == TimeSpan.Zero)), context, ct,
                hasValues: false);
        await intake.Extend(news.Intake, ct);
    }

    // In the same transaction: the message that comes again finds nothing changed. Who raises one of them at this moment waits for the rows we have
    // locked, or has committed before we got them.
    async Task PutChanged(DbSession session, Rule rule, IReadOnlyCollection<Key> changed, CancellationToken ct)
    {
        if (changed.Count == 0)
            return;
        var raised = await TriggerTable.RaisedSoFar(session, changed.Select(key => key.TriggerId), ct);
        await PendingTable.PutChanged(session, rule.Name, [.. changed.Where(key => raised.Contains(key.TriggerId))], time.Milliseconds(), ct);
    }

    static string? Fault(ReportedCondition condition) =>
        condition.ExternalId is not { Length: > 0 and <= LongestId } ? $"has an id that is not 1 to {LongestId} characters long"
        : NewsLimits.Labels(condition.Labels) ?? NewsLimits.Time(condition.ReportedAt)
            ?? (condition.StartedAt is { } started ? NewsLimits.Time(started) : null)
            ?? (condition.LeaseUntil is { } until ? NewsLimits.Time(until) : null);

    static List<Report> Newest(Rule rule, ConditionReported news)
    {
        Dictionary<(Guid, Guid), Report> newest = [];
        // Who cannot tell has no news.
        foreach (var condition in news.Conditions.Where(c => c.State != ConditionState.NoData && rule.Watches(c.Labels)).OrderBy(c => c.ReportedAt))
        {
            var labels = rule.KeyOf(condition.Labels);
            Key key = new(rule.TriggerId(labels, condition.ExternalId), labels);
            Report report = new(key, Ids.From("reported", news.Source, condition.ExternalId), condition);
            newest[(report.Key.TriggerId, report.Id)] = newest.TryGetValue((report.Key.TriggerId, report.Id), out var other)
                ? report with { Earlier = [.. other.Earlier, other.Condition] } : report;
        }
        return [.. newest.Values];
    }
}

internal sealed class ConditionsConsumerDefinition() : NewsConsumerDefinition<ConditionsConsumer>(EvaluatorQueues.Conditions);
