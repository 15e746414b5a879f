using Microsoft.Extensions.Options;
using Sigma.Notifier.Receivers;
using Sigma.Storage;
using Sigma.Storage.ClockSteps;

namespace Sigma.Notifier.Deliveries;

/// <summary>What was put off, claimed or put in line while a clock was ahead is due now; the sweep finds it.</summary>
internal sealed class DeliveryClockRepair(ReceiverSet receivers, IOptions<NotifierOptions> options) : IClockStepRepair
{
    // Clocks of notifiers on two machines may differ by this before the one takes the other's claim for one of the future.
    static readonly TimeSpan Apart = TimeSpan.FromMinutes(10);

    public async Task<int> Repair(DbSession session, long now, CancellationToken ct)
    {
        var longestCall = receivers.Channels.Max(c => c.CallLimit) + DeliveryLedger.ToWriteTheResult;
        var times = new
        {
            now, claim = now + (long)(longestCall + Apart).TotalMilliseconds, line = now + (long)Apart.TotalMilliseconds,
            wait = now + (long)(options.Value.Deliveries.LongestWait + Apart).TotalMilliseconds,
        };
        return await Due("notifier_deliveries", "claimed_until = 0, ", "state = 'sending' and next_attempt_at > @now and claimed_until > @claim")
            + await Due("notifier_deliveries", "", "state = 'waiting' and next_attempt_at > @line")
            + await Due("notifier_deliveries", "", "state = 'pending' and next_attempt_at > @wait")
            + await Due("notifier_notices", "", "state in ('pending', 'sending') and next_attempt_at > @wait");

        Task<int> Due(string table, string also, string where) => // ix_deliveries_state and ix_notices_state (state, next_attempt_at)
            session.Execute($"update {table} set {also}next_attempt_at = @now where {where}", times, ct);
    }
}
