using System.Diagnostics;
using MassTransit;
using Sigma.Notifier.Channels;
using Sigma.Notifier.Receivers;

namespace Sigma.Notifier.Deliveries;

/// <summary>
/// Tries one delivery on one channel, or a digest of many: take it, call the API with no transaction open, write the result. A failure is a later
/// message, never a blocked queue. What is for an integration that this notifier's settings do not have is left to those that have it.
/// </summary>
internal sealed class DeliveryConsumer<TChannel>(ReceiverSet receivers, DeliveryLedger ledger, IHostApplicationLifetime process)
    : IConsumer<DeliveryDue>, IConsumer<RecipientSlotDue> where TChannel : class, IChannel
{
    // Not the message's own token: it is cancelled when the broker goes away, and a call once begun must be seen to its end, or it is made twice.
    CancellationToken Stop => process.ApplicationStopped;

    public async Task Consume(ConsumeContext<DeliveryDue> context)
    {
        if (ChannelOf(context.Message.Channel) is { } channel)
            await Deliver(channel, await ledger.Take(channel, context.Message, Stop), Stop);
        else
            await ledger.LeaveToOthers(ChannelTypes.Of<TChannel>(), context.Message, Stop);
    }

    public async Task Consume(ConsumeContext<RecipientSlotDue> context)
    {
        if (ChannelOf(context.Message.Channel) is { } channel)
            await Deliver(channel, await ledger.Take(channel, context.Message, Stop), Stop);
        else
            await ledger.LeaveToOthers(ChannelTypes.Of<TChannel>(), context.Message, Stop);
    }

    IChannel? ChannelOf(string? integration) => receivers.Find(integration ?? ChannelTypes.Of<TChannel>().Name);

    async Task Deliver(IChannel channel, Claim? claim, CancellationToken ct)
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
            var failure = DeliveryFailure.From(e, channel.Options);
            if (failure.Kind != FailureKind.Accepted)
                activity?.SetStatus(ActivityStatusCode.Error, failure.Reason);
            await ledger.Failed(channel, claim, failure, ct);
            return;
        }
        await ledger.Sent(channel, claim, receipt, ct);
    }
}

/// <summary>The queue of a type of channel. It is there also while no integration is of the type, so that nothing waits for ever.</summary>
internal sealed class DeliveryConsumerDefinition<TChannel> : ConsumerDefinition<DeliveryConsumer<TChannel>> where TChannel : class, IChannel
{
    const int MostCalls = 64;

    public DeliveryConsumerDefinition(ReceiverSet receivers)
    {
        EndpointName = ChannelTypes.Of<TChannel>().Queue;
        var calls = Math.Clamp(receivers.Channels.OfType<TChannel>().Sum(channel => channel.Options.ParallelCalls), 1, MostCalls);
        ConcurrentMessageLimit = calls;
        Endpoint(endpoint =>
        {
            endpoint.PrefetchCount = calls * 2 + 2;
            endpoint.ConfigureConsumeTopology = false; // it is sent to this queue alone
        });
    }
}
