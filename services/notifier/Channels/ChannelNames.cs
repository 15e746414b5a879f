namespace Sigma.Notifier.Channels;

/// <summary>Names of the channels, as queues, deliveries and metrics have them.</summary>
public static class ChannelNames
{
    /// <summary>WhatsApp through ChatPro.</summary>
    public const string WhatsApp = "whatsapp";

    /// <summary>An event put into Segware.</summary>
    public const string SegwareAlarmEvent = "segware-alarm-event";

    /// <summary>All of them. A test compares this with the channels there are.</summary>
    public static IReadOnlyList<string> All { get; } = [WhatsApp, SegwareAlarmEvent];
}
