namespace Sigma.Notifier.Channels;

/// <summary>The types of channels there are. A new one is a folder of its own and a line here.</summary>
public static class ChannelTypes
{
    internal static IReadOnlyList<ChannelType> All { get; } =
    [
        WhatsApp.Registration.Type,
        SegwareAlarmEvent.Registration.Type,
        Webhook.Registration.Type,
        Slack.Registration.Type,
        PagerDuty.Registration.Type,
        Telegram.Registration.Type,
        Teams.Registration.Type,
        Email.Registration.Type,
        Twilio.Registration.Sms,
        Twilio.Registration.WhatsApp,
        Prefect.Registration.Type,
    ];

    /// <summary>Their names.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. All.Select(type => type.Name)];

    /// <summary>The one whose channels are of a class.</summary>
    internal static ChannelType Of<TChannel>() where TChannel : class, IChannel => All.First(type => type.Channel == typeof(TChannel));
}
