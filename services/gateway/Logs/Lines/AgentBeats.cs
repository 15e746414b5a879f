using Sigma.Contracts;
using Sigma.Gateway.Integrations;

namespace Sigma.Gateway.Logs.Lines;

/// <summary>Each line is also a sign of life of the agent that wrote it: one beat for each agent among some lines.</summary>
internal static class AgentBeats
{
    const string Agent = "agent";

    /// <summary>
    /// The beats: an agent is the first label of the integration's <see cref="Integration.Agent"/> that a line has. A beat names it as
    /// <c>agent</c> and by that label, with the integration's own labels.
    /// </summary>
    public static IReadOnlyList<Beat> Of(Integration integration, IReadOnlyList<LogLine> lines, DateTimeOffset heardAt)
    {
        if (integration.Agent.Count == 0)
            return [];
        List<Beat> beats = [];
        HashSet<(string Label, string Agent)> seen = [];
        IReadOnlyDictionary<string, string>? before = null;
        foreach (var line in lines)
        {
            if (ReferenceEquals(line.Labels, before))
                continue;
            before = line.Labels;
            foreach (var label in integration.Agent)
                if (line.Labels.TryGetValue(label, out var agent))
                {
                    if (seen.Add((label, agent)))
                        beats.Add(new Beat { Labels = Labels(integration, label, agent), At = heardAt });
                    break;
                }
        }
        return beats;
    }

    static Dictionary<string, string> Labels(Integration integration, string label, string agent)
    {
        Dictionary<string, string> labels = new() { [Agent] = agent, [label] = agent };
        foreach (var (name, value) in integration.Labels)
            labels[name] = value;
        return labels;
    }
}
