using MassTransit;
using Sigma.Contracts;
using Sigma.Evaluator.Coverage;
using Sigma.Evaluator.Rules;
using Sigma.Storage;

namespace Sigma.Evaluator.Conditions.Threshold;

/// <summary>
/// Stores measured values, commits, then has those keys looked at that are beyond their limits or back. Every step may be repeated.
/// </summary>
internal sealed class SamplesConsumer(Database database, RuleBook book, IntakeLog intake, KeyHints hints, TimeProvider time)
    : IConsumer<SamplesReported>
{
    const int LongestName = 200;

    public async Task Consume(ConsumeContext<SamplesReported> context)
    {
        var (news, ct) = (context.Message, context.CancellationToken);
        NewsLimits.Check("samples", news.Source, news.Intake, news.Samples, Fault);
        List<(Rule Rule, Dictionary<Key, bool> Keys)> judged = [];
        await using (var session = await database.Begin(ct))
        {
            foreach (var rule in (await book.Current(session, ct)).Of(RuleKind.Threshold, news.Source))
                judged.Add((rule, await Store(session, rule, news.Samples, ct)));
            await IntakeLog.Store(session, news.Intake, ct);
            await session.Commit(ct);
        }
        foreach (var (rule, keys) in judged)
            await hints.Send(rule, keys.Select(k => (k.Key, k.Value)), context, ct);
        await intake.Extend(news.Intake, ct);
    }

    static string? Fault(Sample sample) =>
        sample.Series is not { Length: > 0 and <= LongestName } ? $"has a name that is not 1 to {LongestName} characters long"
        : !double.IsFinite(sample.Value) ? "has a value that is no number"
        : NewsLimits.Labels(sample.Labels) ?? NewsLimits.Time(sample.At);

    /// <summary>Returns the keys there was news of, and whether one of their series is beyond its limit for as long as the rule wants.</summary>
    async Task<Dictionary<Key, bool>> Store(DbSession session, Rule rule, IReadOnlyList<Sample> samples, CancellationToken ct)
    {
        Dictionary<Guid, Key> keys = [];
        Dictionary<(Guid Trigger, Guid Id), (Series Series, List<Sample> Samples)> found = [];
        foreach (var sample in samples.Where(s => (rule.Options.Series ?? s.Series) == s.Series && rule.Watches(s.Labels)))
        {
            var labels = rule.KeyOf(sample.Labels);
            var trigger = rule.TriggerId(labels);
            if (!keys.TryGetValue(trigger, out var key))
                keys[trigger] = key = new Key(trigger, labels);
            var id = IdOf(sample);
            if (!found.TryGetValue((trigger, id), out var series))
                found[(trigger, id)] = series = (new Series(key, id, sample.Series), []);
            series.Samples.Add(sample);
        }
        var states = await SeriesTable.Lock(session, rule, [.. found.Values.Select(f => f.Series)], ct);
        List<(Series, SeriesState, long)> changed = [];
        Dictionary<Key, bool> wrong = [];
        Dictionary<Guid, (Key, Finding)> missed = [];
        foreach (var (id, (series, values)) in found)
        {
            var limits = ValueLimits.Of(rule, series.Key.Labels);
            var state = states[id];
            foreach (var sample in values.OrderBy(s => s.At))
            {
                var (before, at) = (state, sample.At.ToUnixTimeMilliseconds());
                state = before.With(at, sample.Value, limits);
                SeriesState? stretch = before.Tells(at, sample.Value, limits) ? default(SeriesState).With(at, sample.Value, limits)
                    : before.BeyondSince is not null && state.BeyondSince is null ? before : null;
                if (stretch is { } ended && ThresholdCondition.Missed(rule, limits, new SeriesOfKey(series.Name, ended)) is { } finding)
                    missed.TryAdd(id.Trigger, (series.Key, finding));
            }
            if (state != states[id])
                changed.Add((series, state, ThresholdCondition.DueAt(rule, state)));
            wrong[series.Key] = wrong.GetValueOrDefault(series.Key) || state.IsBeyondFor(ThresholdCondition.For(rule));
        }
        await SeriesTable.Update(session, changed, ct);
        await PendingTable.PutMissed(session, rule.Name, missed.Values, time.Milliseconds(), ct);
        return wrong;
    }

    static Guid IdOf(Sample sample) =>
        Ids.From([sample.Series,
            .. sample.Labels.OrderBy(label => label.Key, StringComparer.Ordinal).SelectMany(label => (string[])[label.Key, label.Value])]);
}

internal sealed class SamplesConsumerDefinition() : NewsConsumerDefinition<SamplesConsumer>(EvaluatorQueues.Samples);
