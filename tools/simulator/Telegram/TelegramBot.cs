using System.Collections.Concurrent;
using Sigma.Simulator.Vendors;

namespace Sigma.Simulator.Telegram;

/// <summary>A bot, and the chats it writes to. A chat is known by its chat_id as text.</summary>
public sealed class TelegramBot : IVendor
{
    internal const string Blocked = "blocked", Kicked = "kicked", NotFound = "not_found", Migrated = "migrated";

    private readonly ConcurrentDictionary<long, string> _chatsOfMessages = new();
    private long _lastMessage;

    internal TelegramBot(Inbox inbox, TimeProvider clock)
    {
        Inbox = inbox;
        Rate = new CallRate(clock, TimeSpan.FromMinutes(1));
    }

    /// <summary>What was sent, by chat.</summary>
    public Inbox Inbox { get; }

    /// <summary>Chats that are <c>not_found</c>, have <c>blocked</c> or <c>kicked</c> the bot, or <c>migrated</c> to a supergroup.</summary>
    public Refusals Refusals { get; } = new(NotFound, Blocked, Kicked, Migrated);

    internal CallRate Rate { get; }

    object? IVendor.State => null;

    /// <summary>The chat that a migrated one has become: takes what is sent to it.</summary>
    public static long SupergroupOf(long chatId) => -1_000_000_000_000 - Math.Abs(chatId);

    void IVendor.Clear()
    {
        Inbox.Clear();
        Refusals.Clear();
        Rate.Clear();
        _chatsOfMessages.Clear();
    }

    internal long NumberOfNext(string chat)
    {
        var number = Interlocked.Increment(ref _lastMessage);
        _chatsOfMessages[number] = chat;
        return number;
    }

    internal bool Has(long message, string chat) => _chatsOfMessages.GetValueOrDefault(message) == chat;
}
