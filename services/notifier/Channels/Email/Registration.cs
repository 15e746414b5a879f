namespace Sigma.Notifier.Channels.Email;

internal static class Registration
{
    public static readonly ChannelType Type = new ChannelType<EmailChannel, EmailOptions>("email");
}
