namespace Sigma.Notifier.Channels.Prefect;

internal static class Registration
{
    public static readonly ChannelType Type = new ChannelType<PrefectChannel, PrefectOptions>("prefect");
}
