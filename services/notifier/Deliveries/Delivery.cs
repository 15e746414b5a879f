using System.Globalization;
using Sigma.Storage;

namespace Sigma.Notifier.Deliveries;

/// <summary>What is to be said of an alert on one channel, and how far that has come.</summary>
internal sealed class Delivery
{
    public Guid Id { get; init; }
    public Guid AlertId { get; init; }
    public string Kind { get; init; } = "";
    public string Channel { get; init; } = "";
    public DeliveryState State { get; init; }
    public int Attempts { get; init; }
    public string? Reason { get; init; }
    public long ClaimedUntil { get; init; }
    public long GiveUpAt { get; init; }
    public long DueAt { get; init; }
    public long CreatedAt { get; init; }
    public string? Receipt { get; init; }
    public long? SettledAt { get; init; }

    /// <summary>The step of an escalation that it is of, from 1; null when it is of a route.</summary>
    public int? Escalation { get; init; }

    /// <summary>What the vendor has taken of it, of channels that say only later what became of a message.</summary>
    public AcceptedMessage? Accepted => State is DeliveryState.Pending or DeliveryState.Sending ? AcceptedMessage.Read(Receipt) : null;

    public bool IsOpen => State is DeliveryState.Pending or DeliveryState.Waiting or DeliveryState.Sending or DeliveryState.Held;
}

/// <summary>What a delivery tells of its alert, as stored: the steps of an escalation have a kind each.</summary>
public static class DeliveryKind
{
    /// <summary>That it was raised.</summary>
    public const string Raised = "raised";

    /// <summary>That it was cleared.</summary>
    public const string Cleared = "cleared";

    /// <summary>That somebody has taken it on, on channels that say so.</summary>
    public const string Acknowledged = "acknowledged";

    const string Escalated = "escalated-", Reminded = "reminded-";

    /// <summary>That nobody has taken it on by a step of its escalation, where it was told already.</summary>
    public static string OfStep(int step) => string.Create(CultureInfo.InvariantCulture, $"{Escalated}{step}");

    /// <summary>Whether it is such a kind.</summary>
    public static bool IsOfStep(string kind) => kind.StartsWith(Escalated, StringComparison.Ordinal);

    /// <summary>That it lasts still when a snooze has ended, where it was told already: the first, the second, …</summary>
    public static string OfReminder(int number) => string.Create(CultureInfo.InvariantCulture, $"{Reminded}{number}");

    /// <summary>Whether it is such a kind.</summary>
    public static bool IsReminder(string kind) => kind.StartsWith(Reminded, StringComparison.Ordinal);
}

/// <summary>How far a delivery has come. Stored by its name in small letters.</summary>
public enum DeliveryState
{
    /// <summary>Its message is on its way, or will be when its next try is due.</summary>
    Pending,

    /// <summary>Waits in line for its recipient's turn, which one message calls for all who wait.</summary>
    Waiting,

    /// <summary>A notifier has claimed it until <c>claimed_until</c>.</summary>
    Sending,

    /// <summary>
    /// It is not told yet: a snooze, a silence, a maintenance window, the hours of its route or another alert holds it back, as the reason says.
    /// </summary>
    Held,

    /// <summary>The channel has it.</summary>
    Sent,

    /// <summary>It will not be sent; the reason says why.</summary>
    Failed,

    /// <summary>It may have been sent; a person decides, by setting it to <c>pending</c> or <c>sent</c>.</summary>
    Uncertain,

    /// <summary>Said together with the raise.</summary>
    Merged,

    /// <summary>There is nothing to say any more, or nobody to say it to.</summary>
    Skipped,
}
