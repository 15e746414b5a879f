using MassTransit;
using MassTransit.RabbitMqTransport;
using RabbitMQ.Client.Exceptions;

namespace Sigma.IntegrationTests.Faults.Bus;

/// <summary>Outermost on every queue: the message goes back to it before or after it was worked on, or its channel is closed meanwhile.</summary>
internal sealed class ReceiveFaults(FaultDice dice) : IFilter<ReceiveContext>
{
    public async Task Send(ReceiveContext context, IPipe<ReceiveContext> next)
    {
        switch (dice.Draw(FaultKind.Before, FaultKind.Before, FaultKind.After, FaultKind.After, FaultKind.After, FaultKind.Slow, FaultKind.ChannelClosed))
        {
            case FaultKind.Before:
                throw Lost("before it was worked on");
            case FaultKind.After:
                await next.Send(context);
                await context.ReceiveCompleted;
                throw Lost("before it was acknowledged");
            case FaultKind.Slow:
                await Task.Delay(dice.Pause(), context.CancellationToken);
                break;
            case FaultKind.ChannelClosed:
                await CloseChannel(context);
                break;
        }
        await next.Send(context);
    }

    public void Probe(ProbeContext context) => context.CreateFilterScope("receive-faults");

    static IOException Lost(string when) => new($"Injected: the message is lost from sight {when}, the broker delivers it again");

    static async Task CloseChannel(ReceiveContext context)
    {
        if (!context.TryGetPayload<ChannelContext>(out var channel))
            return;
        try
        {
            await channel.Channel.QueueDeclarePassiveAsync("there is no such queue"); // which the broker answers by closing the channel
        }
        catch (RabbitMQClientException)
        {
            // closed
        }
    }
}
