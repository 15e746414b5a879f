using Sigma.Notifier.Channels;

namespace Sigma.Notifier;

/// <summary>The queues the notifier takes messages from.</summary>
public static class NotifierQueues
{
    const string Prefix = "notifier.";

    /// <summary>Alerts raised and cleared.</summary>
    public const string Alerts = Prefix + "alerts";

    /// <summary>Reports on how far a source is fetched and counted.</summary>
    public const string Coverage = Prefix + "coverage";

    /// <summary>Steps of escalations that are due, and who takes alerts on.</summary>
    public const string Escalations = Prefix + "escalations";

    /// <summary>What is new about alerts that are raised: whether they are snoozed.</summary>
    public const string Updates = Prefix + "updates";

    /// <summary>All of them: one for each type of channel too.</summary>
    public static IReadOnlyList<string> All { get; } = [Alerts, Coverage, Escalations, Updates, .. ChannelTypes.Names.Select(OfChannel)];

    /// <summary>The queue with the deliveries of all integrations of a type of channel.</summary>
    public static string OfChannel(string type) => Prefix + type;
}
