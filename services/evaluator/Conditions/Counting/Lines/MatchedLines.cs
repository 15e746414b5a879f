using System.Globalization;
using System.Text.RegularExpressions;
using Sigma.Contracts;
using Sigma.Evaluator.Rules;

namespace Sigma.Evaluator.Conditions.Counting.Lines;

/// <summary>The lines of a batch that rules look for, as events: for each filter those that it matches, and their keys.</summary>
internal sealed record MatchedLines(RuleSet Rules, IReadOnlyList<(EventBatch Lines, BatchKeys Keys, IReadOnlyList<MalformedEvent> Odd)> Batches)
{
    /// <summary>Matches them.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="came">When it was taken in: no line of it is later.</param>
    /// <param name="rules">The rules as they are.</param>
    /// <param name="log">Says which rule's pattern takes too long.</param>
    public static MatchedLines Of(LogBatch batch, DateTimeOffset came, RuleSet rules, ILogger log)
    {
        List<(EventBatch, BatchKeys, IReadOnlyList<MalformedEvent>)> batches = [];
        foreach (var alike in rules.OfLines(batch.Source).GroupBy(rule => rule.EventSource)) // one filter
        {
            var events = Match(batch, came, alike.First(), log);
            if (events.Count == 0)
                continue;
            var (lines, odd) = BatchLimits.Sort(new EventBatch
            {
                BatchId = batch.BatchId, Source = alike.Key, SliceFrom = came, SliceTo = came, Part = 1, Parts = 1, Events = events,
            });
            batches.Add((lines, new BatchKeys(lines, rules), odd));
        }
        return new(rules, batches);
    }

    static List<MonitoredEvent> Match(LogBatch batch, DateTimeOffset came, Rule rule, ILogger log)
    {
        var (filter, matcher, tooLong) = (rule.Lines!, rule.Lines!.Matcher(), 0);
        List<MonitoredEvent> events = [];
        for (var i = 0; i < batch.Lines.Count; i++)
        {
            var line = batch.Lines[i];
            try
            {
                if (filter.Match(matcher, line, batch.Source) is not { } labels)
                    continue;
                events.Add(new MonitoredEvent
                {
                    EventId = string.Create(CultureInfo.InvariantCulture, $"{batch.BatchId:N}/{i}"), Labels = labels,
                    OccurredAt = line.At > came || !BatchLimits.IsPossible(line.At) ? came : line.At,
                });
            }
            catch (RegexMatchTimeoutException)
            {
                tooLong++;
            }
        }
        if (tooLong > 0)
            log.LogWarning("The pattern of rule {Rule} takes too long on {Lines} lines of {Source}, which are not counted", rule.Name, tooLong,
                batch.Source);
        return events;
    }
}
