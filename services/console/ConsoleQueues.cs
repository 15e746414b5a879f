namespace Sigma.OperatorConsole;

/// <summary>The queues the console takes messages from.</summary>
public static class ConsoleQueues
{
    /// <summary>What becomes of alerts.</summary>
    public const string Alerts = "console.alerts";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<string> All { get; } = [Alerts];
}
