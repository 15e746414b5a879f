using System.ComponentModel.DataAnnotations;
using Sigma.Hosting.Settings;

namespace Sigma.Archive.Agents;

/// <summary>How agents are listed.</summary>
public sealed class AgentOptions
{
    /// <summary>An agent of which nothing is heard for so long is shown as silent. The rule that tells people of it is the evaluator's.</summary>
    [Duration("00:00:10", "30.00:00:00")]
    public TimeSpan SilentAfter { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>Days after which an agent that was not heard again is taken off the list.</summary>
    [Range(1, 3650)]
    public int KeepDays { get; set; } = 30;

    /// <summary>Agents on the list; further ones are left out, and told of in the log.</summary>
    [Range(1, 1_000_000)]
    public int Most { get; set; } = 100_000;
}
