namespace Sigma.Notifier.Channels.Telegram;

internal static class Registration
{
    public static readonly ChannelType Type = new ChannelType<TelegramChannel, TelegramOptions>("telegram");
}
