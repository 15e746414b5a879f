namespace Sigma.Notifier.Channels.Slack;

internal static class Registration
{
    public static readonly ChannelType Type = new ChannelType<SlackChannel, SlackOptions>("slack");
}
