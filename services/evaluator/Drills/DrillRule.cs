using Sigma.Contracts;
using Sigma.Evaluator.Rules;

namespace Sigma.Evaluator.Drills;

/// <summary>
/// The rule that counts the events of drills. It is always there, beside those that are configured, and in none of the figures about them.
/// </summary>
internal static class DrillRule
{
    public static readonly Rule Rule = new(new RuleOptions
    {
        Name = Drill.Source, Source = Drill.Source, Severity = Drill.Source, GroupBy = $"account,cuc,code,{Drill.ChannelsLabel}",
        Window = Drill.Window, Threshold = Drill.Events,
    });

    /// <summary>Whether the events are those of a drill nobody waits for any more: an evaluator that was away begins none.</summary>
    public static bool IsTooLate(EventBatch batch, DateTimeOffset now) =>
        Drill.Is(batch.Source) && batch.Events.Count > 0 && now - batch.SliceTo > Drill.Life;
}
