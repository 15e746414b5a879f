using System.Diagnostics;
using MassTransit;
using Sigma.Notifier.Channels;

namespace Sigma.Notifier.Deliveries;

/// <summary>
/// Tries one delivery on one channel, or a digest of many: take it, call the API with no transaction open, write the result. A failure is a later
/// message, never a blocked queue.
/// </summary>
internal sealed class DeliveryConsumer<TChannel>(TChannel channel, DeliveryLedger ledger, IHostApplicationLifetime process)
    : IConsumer<DeliveryDue>, IConsumer<RecipientSlotDue> where TChannel : class, IChannel
{
    // Not the message's own token: it is cancelled when the broker goes away, and a call once begun must be seen to its end, or it is made twice.
    CancellationToken Stop => process.ApplicationStopped;

    public async Task Consume(ConsumeContext<DeliveryDue> context) => await Deliver(await ledger.Take(channel, context.Message, Stop), Stop);

    public async Task Consume(ConsumeContext<RecipientSlotDue> context) => await Deliver(await ledger.Take(channel, context.Message, Stop), Stop);

    async Task Deliver(Claim? claim, CancellationToken ct)
    {
        if (claim is null)
            return;
        using var activity = NotifierTelemetry.StartDelivery(channel.Name, claim);
        Receipt receipt;
        try
        {
            if (claim.IsDigest)
            {
                var digest = await channel.Compose(claim.Contents, ct);
                claim = await ledger.Shrink(channel, claim, digest.Alerts, ct);
                receipt = await digest.Send(ct);
            }
            else
                receipt = await channel.Send(claim.First.Content, ct);
        }
        catch (Exception e) when (!ct.IsCancellationRequested)
        {
            var failure = DeliveryFailure.From(e);
            activity?.SetStatus(ActivityStatusCode.Error, failure.Reason);
            await ledger.Failed(channel, claim, failure, ct);
            return;
        }
        await ledger.Sent(channel, claim, receipt, ct);
    }
}

internal sealed class DeliveryConsumerDefinition<TChannel> : ConsumerDefinition<DeliveryConsumer<TChannel>> where TChannel : class, IChannel
{
    public DeliveryConsumerDefinition(TChannel channel)
    {
        EndpointName = NotifierQueues.OfChannel(channel.Name);
        ConcurrentMessageLimit = channel.Options.ParallelCalls;
        Endpoint(endpoint =>
        {
            endpoint.PrefetchCount = channel.Options.ParallelCalls * 2 + 2;
            endpoint.ConfigureConsumeTopology = false; // it is sent to this queue alone
        });
    }
}
