using Sigma.Simulator.Vendors;

namespace Sigma.Simulator.Teams;

/// <summary>Workflows with a webhook as their trigger, known by their ids.</summary>
public sealed class TeamsWorkflows : IVendor
{
    internal const string Disabled = "disabled", NotFound = "not_found";

    internal TeamsWorkflows(Inbox inbox, TimeProvider clock)
    {
        Inbox = inbox;
        Rate = new CallRate(clock, TimeSpan.FromSeconds(1));
    }

    /// <summary>What was posted, by workflow.</summary>
    public Inbox Inbox { get; }

    /// <summary>Workflows that are <c>disabled</c> or <c>not_found</c>.</summary>
    public Refusals Refusals { get; } = new(Disabled, NotFound);

    internal CallRate Rate { get; }

    object? IVendor.State => null;

    void IVendor.Clear()
    {
        Inbox.Clear();
        Refusals.Clear();
        Rate.Clear();
    }
}
