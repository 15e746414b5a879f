using System.Diagnostics;
using MassTransit;
using Sigma.Notifier.Channels;

namespace Sigma.Notifier.Deliveries;

/// <summary>
/// Tries one delivery on one channel: take it, call the API with no transaction open, write the result. A failure is a later message, never a blocked queue.
/// </summary>
internal sealed class DeliveryConsumer<TChannel>(TChannel channel, DeliveryLedger ledger, IHostApplicationLifetime process) : IConsumer<DeliveryDue>
    where TChannel : class, IChannel
{
    public async Task Consume(ConsumeContext<DeliveryDue> context)
    {
        // Not the message's own token: it is cancelled when the broker goes away, and a call once begun must be seen to its end, or it is made twice.
        var ct = process.ApplicationStopped;
        if (await ledger.Take(channel, context.Message, ct) is not { } claim)
            return;
        using var activity = NotifierTelemetry.Source.StartActivity("deliver");
        activity?.SetTag("sigma.channel", channel.Name).SetTag("sigma.kind", claim.Delivery.Kind).SetTag("sigma.alert_id", claim.Delivery.AlertId);
        Receipt receipt;
        try
        {
            receipt = await channel.Send(claim.Content, ct);
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
        EndpointName = DeliveryQueue.NameOf(channel.Name);
        ConcurrentMessageLimit = channel.Options.ParallelCalls;
        Endpoint(endpoint =>
        {
            endpoint.PrefetchCount = channel.Options.ParallelCalls * 2 + 2;
            endpoint.ConfigureConsumeTopology = false; // it is sent to this queue alone
        });
    }
}
