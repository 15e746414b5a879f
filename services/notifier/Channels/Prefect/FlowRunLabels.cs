using System.Text.Json;
using Sigma.Notifier.Alerts;

namespace Sigma.Notifier.Channels.Prefect;

/// <summary>
/// The labels of the condition that a run which failed is. Those of its alert are left out where they do not fit beside ours into what a condition
/// may have: one that is refused tells nobody that a run failed.
/// </summary>
internal static class FlowRunLabels
{
    /// <summary>What a condition may have; longer ones are refused, as they are serialized.</summary>
    public const int Most = 32, Longest = 1000;

    /// <summary>Of a run that was started for an alert.</summary>
    public static IReadOnlyDictionary<string, string> Of(FlowRun run, Episode episode)
    {
        Dictionary<string, string> ours = new()
        {
            ["deployment"] = run.Deployment, ["integration"] = run.Channel, ["alert_id"] = $"{episode.AlertId}", ["alert_rule"] = episode.Rule,
        };
        var all = ours.ToDictionary();
        foreach (var (name, value) in episode.Labels)
            all.TryAdd(name.ToLowerInvariant(), value);
        return all.Count <= Most && JsonSerializer.Serialize(all).Length <= Longest ? all : ours;
    }
}
