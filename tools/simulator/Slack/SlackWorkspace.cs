using Sigma.Simulator.Vendors;

namespace Sigma.Simulator.Slack;

/// <summary>A Slack workspace. A hook is known as <c>team/bot</c>, as in <c>/services/T0001/B0001/…</c>.</summary>
public sealed class SlackWorkspace : IVendor
{
    internal SlackWorkspace(Inbox inbox, TimeProvider clock)
    {
        Inbox = inbox;
        Rate = new CallRate(clock, TimeSpan.FromMinutes(1));
    }

    /// <summary>What was posted, by hook.</summary>
    public Inbox Inbox { get; }

    /// <summary>Hooks, and channels of the bot, that answer one of Slack's errors, by its word.</summary>
    public Refusals Refusals { get; } = new([.. SlackErrors.OfHooks.Keys.Union(SlackBot.Reasons)]);

    internal CallRate Rate { get; }

    object? IVendor.State => null;

    void IVendor.Clear()
    {
        Inbox.Clear();
        Refusals.Clear();
        Rate.Clear();
    }
}
