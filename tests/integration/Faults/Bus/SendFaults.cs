using MassTransit;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;
using RabbitMQ.Client.Exceptions;

namespace Sigma.IntegrationTests.Faults.Bus;

/// <summary>What a service publishes or sends does not leave, or has left and nobody says so.</summary>
internal sealed class SendFaults(FaultDice dice) : ISendObserver, IPublishObserver
{
    Task ISendObserver.PreSend<T>(SendContext<T> context) => Before(context.CancellationToken);
    Task ISendObserver.PostSend<T>(SendContext<T> context) => After();
    Task ISendObserver.SendFault<T>(SendContext<T> context, Exception exception) => Task.CompletedTask;
    Task IPublishObserver.PrePublish<T>(PublishContext<T> context) => Before(context.CancellationToken);
    Task IPublishObserver.PostPublish<T>(PublishContext<T> context) => After();
    Task IPublishObserver.PublishFault<T>(PublishContext<T> context, Exception exception) => Task.CompletedTask;

    async Task Before(CancellationToken ct)
    {
        switch (dice.Draw(FaultKind.Before, FaultKind.Slow))
        {
            case FaultKind.Before:
                throw Closed("before the message left");
            case FaultKind.Slow:
                await Task.Delay(dice.Pause(), ct);
                break;
        }
    }

    Task After() => dice.Draw(FaultKind.After) is null ? Task.CompletedTask : throw Closed("before the broker's confirmation came");

    /// <summary>What the client says when its connection is gone.</summary>
    static AlreadyClosedException Closed(string when) =>
        new(new ShutdownEventArgs(ShutdownInitiator.Library, 541, $"Injected: the connection broke {when}"));
}
