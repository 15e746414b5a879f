using Quartz;
using Sigma.Notifier.Deliveries;

namespace Sigma.Notifier.Notices;

/// <summary>
/// Says the notices that are due, straight from their table and without the broker: that it is away may be what they are about.
/// Every notifier looks; a claim keeps the others off.
/// </summary>
[DisallowConcurrentExecution]
internal sealed class NoticeSender(NoticeLedger ledger, IHostApplicationLifetime process, ILogger<NoticeSender> log) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken ct)
    {
        try
        {
            await Run();
        }
        catch (Exception e) when (!process.ApplicationStopping.IsCancellationRequested)
        {
            log.LogWarning("Notices cannot be looked for, it is tried again at the next turn: {Reason}", e.Message);
        }
        catch (OperationCanceledException)
        {
            // stopping
        }
    }

    public async Task Run()
    {
        // A call once begun is seen to its end, or it is made twice.
        var ct = process.ApplicationStopped;
        while (!process.ApplicationStopping.IsCancellationRequested && await ledger.Take(ct) is { } claim)
        {
            try
            {
                await claim.Channel.Say(claim.Notice.Says, ct);
            }
            catch (Exception e) when (!ct.IsCancellationRequested)
            {
                await ledger.Failed(claim, DeliveryFailure.From(e), ct);
                continue;
            }
            await ledger.Said(claim, ct);
        }
    }
}
