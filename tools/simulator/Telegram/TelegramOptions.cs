namespace Sigma.Simulator.Telegram;

/// <summary>A bot of Telegram's Bot API.</summary>
public sealed class TelegramOptions
{
    /// <summary>The bot's token, part of every address.</summary>
    public string Token { get; set; } = "110201543:simulated-telegram-token";

    /// <summary>How many messages a chat takes in a minute: Telegram speaks of 20 for a group. Default: 20.</summary>
    public int MessagesPerMinute { get; set; } = 20;
}
