using Sigma.Notifier.Deliveries;
using Sigma.Storage;

namespace Sigma.Notifier.Queries;

/// <summary>Has deliveries sent again that failed for good, or of which it is not known whether they went out.</summary>
/// <param name="database">Where they are.</param>
/// <param name="options">How long they are tried.</param>
/// <param name="time">The clock of the services.</param>
public sealed class DeliveryRetry(Database database, DeliveryOptions options, TimeProvider time)
{
    const int Tries = 8;

    /// <summary>How long a notifier that runs may take to begin with the last of so many.</summary>
    public TimeSpan TakenWithin(int deliveries) => options.SweepEvery * (1 + (deliveries - 1) / Sweep.Batch);

    /// <summary>
    /// Has one sent again, in a transaction of its own: whatever ends this in between, it is either as it was or due. False when it is neither failed
    /// nor uncertain any more.
    /// </summary>
    /// <param name="delivery">The delivery.</param>
    /// <param name="by">Who wants it, and when; kept in its reason.</param>
    /// <param name="ct">Ends the waiting.</param>
    public async Task<bool> Retry(FoundDelivery delivery, string by, CancellationToken ct)
    {
        // Overdue at once, or the sweep would give its message time to come; and no later in line than those who came after it.
        var due = Math.Min(delivery.CreatedAt, time.Milliseconds() - (long)options.OverdueAfter.TotalMilliseconds - 1);
        var note = $"{DeliveryTable.RetriedBy}{by}; before: {delivery.Reason ?? "no reason"}";
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await using var session = await database.Begin(ct);
                var retried = await new DeliveryTable(time).Retry(session, delivery.Id, due, options.GiveUpAfter, note, ct);
                await session.Commit(ct);
                return retried;
            }
            catch (Exception e) when (attempt < Tries && !ct.IsCancellationRequested && !database.Dialect.IsRefusal(e))
            {
                await Task.Delay(TimeSpan.FromMilliseconds(10 << attempt), ct);
            }
        }
    }
}
