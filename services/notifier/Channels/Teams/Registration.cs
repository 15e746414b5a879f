namespace Sigma.Notifier.Channels.Teams;

internal static class Registration
{
    public static readonly ChannelType Type = new ChannelType<TeamsChannel, TeamsOptions>("teams");
}
