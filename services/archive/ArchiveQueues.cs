namespace Sigma.Archive;

/// <summary>The queues the archive takes messages from.</summary>
public static class ArchiveQueues
{
    /// <summary>Log lines.</summary>
    public const string Logs = "archive.logs";

    /// <summary>Measured values.</summary>
    public const string Samples = "archive.samples";

    /// <summary>Signs of life.</summary>
    public const string Beats = "archive.beats";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<string> All { get; } = [Logs, Samples, Beats];
}
