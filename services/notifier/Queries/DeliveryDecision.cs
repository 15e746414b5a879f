using Sigma.Notifier.Deliveries;
using Sigma.Storage;

namespace Sigma.Notifier.Queries;

/// <summary>Ends deliveries by a person's word: gives up what is not sent yet, or says what became of one of which it is not known.</summary>
/// <param name="database">Where they are.</param>
/// <param name="time">The clock of the services.</param>
public sealed class DeliveryDecision(Database database, TimeProvider time)
{
    static readonly TimeSpan Overdue = TimeSpan.FromHours(1);

    /// <summary>
    /// One that waits, is held or is uncertain has failed: nobody is told. False when it is none of these (any more): what a notifier is just
    /// sending, or a vendor has taken without a word of what became of it, is left alone. The end of its alert is then told there to nobody, as after
    /// any raise that was not delivered.
    /// </summary>
    /// <param name="delivery">The delivery's id.</param>
    /// <param name="by">Who wants it, and when; kept in its reason.</param>
    /// <param name="ct">Ends the waiting.</param>
    public Task<bool> GiveUp(Guid delivery, string by, CancellationToken ct) => Settle(delivery,
        [DeliveryState.Pending, DeliveryState.Waiting, DeliveryState.Held, DeliveryState.Uncertain], DeliveryState.Failed, $"given up by {by}", ct);

    /// <summary>One that is uncertain arrived, or did not. False when it is not uncertain (any more).</summary>
    /// <param name="delivery">The delivery's id.</param>
    /// <param name="arrived">Whether it did.</param>
    /// <param name="by">Who says so, and when; kept in its reason.</param>
    /// <param name="ct">Ends the waiting.</param>
    public Task<bool> Settle(Guid delivery, bool arrived, string by, CancellationToken ct) => Settle(delivery, [DeliveryState.Uncertain],
        arrived ? DeliveryState.Sent : DeliveryState.Failed, $"{(arrived ? "arrived" : "did not arrive")}, says {by}", ct);

    async Task<bool> Settle(Guid id, IReadOnlyCollection<DeliveryState> states, DeliveryState state, string note, CancellationToken ct)
    {
        DeliveryTable deliveries = new(time);
        await using var session = await database.Begin(ct);
        if (await deliveries.Find(session, id, ct) is not { } found)
            return false;
        var pair = await deliveries.Lock(session, found.AlertId, found.Channel, found.Kind, ct);
        if (pair.Of(id) is not { } own || !states.Contains(own.State) || own.Accepted is not null)
            return false;
        await deliveries.Settle(session, [own], state, note, own.Receipt, ct);
        // The end waits for its raise; the next sweep finds it overdue.
        if (own.Kind == DeliveryKind.Raised && pair.Clear is { State: DeliveryState.Pending } clear)
            await deliveries.Postpone(session, clear, -Overdue, null, ct);
        await session.Commit(ct);
        return true;
    }
}
