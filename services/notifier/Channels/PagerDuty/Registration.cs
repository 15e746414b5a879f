namespace Sigma.Notifier.Channels.PagerDuty;

internal static class Registration
{
    public static readonly ChannelType Type = new ChannelType<PagerDutyChannel, PagerDutyOptions>("pagerduty");
}
