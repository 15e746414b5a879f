using Quartz;
using Sigma.Hosting.Schedule;
using Sigma.Notifier.Deliveries;

namespace Sigma.Notifier.SystemNotices;

/// <summary>
/// Says the notices that are due, straight from their table and without the broker: that it is away may be what they are about.
/// Every notifier looks; a claim keeps the others off.
/// </summary>
[DisallowConcurrentExecution]
internal sealed class NoticeSender(NoticeLedger ledger, IHostApplicationLifetime process, ILogger<NoticeSender> log)
    : RepeatedJob("Looking for notices that are due failed", process, log)
{
    readonly CancellationToken _stopped = process.ApplicationStopped;

    public override async Task Run(CancellationToken stopping)
    {
        // A call once begun is seen to its end, or it is made twice.
        var ct = _stopped;
        while (!stopping.IsCancellationRequested && await ledger.Take(ct) is { } claim)
        {
            try
            {
                await claim.Channel.SendNotice(claim.Notice.Content, ct);
            }
            catch (Exception e) when (!ct.IsCancellationRequested)
            {
                await ledger.Failed(claim, DeliveryFailure.From(e, claim.Channel.Options), ct);
                continue;
            }
            await ledger.Sent(claim, ct);
        }
    }
}
