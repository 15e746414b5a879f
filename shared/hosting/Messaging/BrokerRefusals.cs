using MassTransit;
using MassTransit.RabbitMqTransport;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace Sigma.Hosting.Messaging;

/// <summary>
/// Remembers why the broker closed an endpoint's channel. The error that reaches the bus is often another: that the channel is gone.
/// </summary>
internal sealed class BrokerRefusals : IFilter<ChannelContext>
{
    volatile string? _latest;

    /// <summary>The latest since the bus was healthy; null when there is none.</summary>
    public string? Latest => _latest;

    public void Forget() => _latest = null;

    public async Task Send(ChannelContext context, IPipe<ChannelContext> next)
    {
        context.Channel.ChannelShutdownAsync += Remember;
        try
        {
            await next.Send(context);
        }
        finally
        {
            context.Channel.ChannelShutdownAsync -= Remember;
        }
    }

    public void Probe(ProbeContext context) => context.CreateFilterScope("brokerRefusals");

    Task Remember(object channel, ShutdownEventArgs reason)
    {
        if (reason is { Initiator: ShutdownInitiator.Peer, ReplyCode: >= 400 })
            _latest = reason.ReplyText;
        return Task.CompletedTask;
    }
}
