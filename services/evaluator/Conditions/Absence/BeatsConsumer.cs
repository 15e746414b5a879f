using MassTransit;
using Sigma.Contracts;
using Sigma.Evaluator.Coverage;
using Sigma.Evaluator.Rules;
using Sigma.Storage;

namespace Sigma.Evaluator.Conditions.Absence;

/// <summary>Stores signs of life, commits, then has those looked at that were silent, or that say they fail. Every step may be repeated.</summary>
internal sealed class BeatsConsumer(Database database, RuleBook book, IntakeLog intake, KeyHints hints) : IConsumer<BeatsReported>
{
    public async Task Consume(ConsumeContext<BeatsReported> context)
    {
        var (news, ct) = (context.Message, context.CancellationToken);
        NewsLimits.Check("beats", news.Source, news.Intake, news.Beats, beat => NewsLimits.Labels(beat.Labels) ?? NewsLimits.Time(beat.At));
        Dictionary<Rule, List<Heard>> heard;
        await using (var session = await database.Begin(ct))
        {
            heard = (await book.Current(session, ct)).Of(RuleKind.Absence, news.Source).ToDictionary(rule => rule, rule => Newest(rule, news.Beats));
            foreach (var (rule, keys) in heard)
                await HeardTable.Store(session, rule, keys, ct);
            await IntakeLog.Store(session, news.Intake, ct);
            await session.Commit(ct);
        }
        foreach (var (rule, keys) in heard)
            await hints.Send(rule, keys.Select(h => (h.Key, h.Fails && rule.Options.For == TimeSpan.Zero)), context, ct);
        await intake.Extend(news.Intake, ct);
    }

    static List<Heard> Newest(Rule rule, IReadOnlyList<Beat> beats)
    {
        Dictionary<Guid, Heard> newest = [];
        foreach (var beat in beats.Where(beat => rule.Watches(beat.Labels)))
        {
            var labels = rule.KeyOf(beat.Labels);
            Heard heard = new(new Key(rule.TriggerId(labels), labels), beat.At.ToUnixTimeMilliseconds(), beat.Fails, beat.Text);
            if (!newest.TryGetValue(heard.Key.TriggerId, out var other) || other.At <= heard.At)
                newest[heard.Key.TriggerId] = heard;
        }
        return [.. newest.Values];
    }
}

internal sealed class BeatsConsumerDefinition() : NewsConsumerDefinition<BeatsConsumer>(EvaluatorQueues.Beats);
