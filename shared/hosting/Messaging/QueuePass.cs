using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace Sigma.Hosting.Messaging;

/// <summary>What becomes of a message that was looked at.</summary>
public enum MessageFate
{
    /// <summary>It stays in the queue.</summary>
    Stays,

    /// <summary>It is in safety elsewhere, and leaves the queue.</summary>
    Leaves,

    /// <summary>It stays, and no more are looked at.</summary>
    StaysLast,
}

/// <summary>
/// Looks at the messages of a queue one after the other, each once. Those that stay are held back until the end, so that each comes once, and then
/// given back; when this process dies before that, the broker gives them back. None but the one looked at is in memory.
/// </summary>
public sealed class QueuePass
{
    /// <summary>
    /// A quorum queue counts how often a message is given back and deletes it at its limit: 20 by RabbitMQ's default, 10,000 as our services declare
    /// it. Before that a fresh copy takes its place, at the end of the queue, so that looking never costs a message.
    /// </summary>
    public const int MostLooks = 10;

    /// <summary>
    /// A queue no longer than this is gone through to its end: messages given back keep their order among each other, but go behind those left.
    /// </summary>
    public const int KeptInOrder = 200;

    const ulong AllHeld = 0;

    readonly IChannel _channel;
    readonly string _queue;

    QueuePass(IChannel channel, string queue)
    {
        _channel = channel;
        _queue = queue;
    }

    /// <summary>On a channel of its own.</summary>
    public static async Task<QueuePass> Begin(IConnection broker, string queue, CancellationToken ct) =>
        new(await broker.CreateChannelAsync(new CreateChannelOptions(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true),
            ct), queue);

    /// <summary>
    /// Looks at as many as there are now: what comes meanwhile, or comes back, waits for another round. Returns how many there were.
    /// </summary>
    public async Task<long> Look(Func<ErrorMessage, Task<MessageFate>> visit, CancellationToken ct)
    {
        try
        {
            var there = 0L;
            var last = false;
            for (var number = 1L; number == 1 || number <= there; number++)
            {
                if (await _channel.BasicGetAsync(_queue, autoAck: false, ct) is not { } got)
                    break;
                if (number == 1)
                    there = got.MessageCount + 1; // exact, unlike what declaring the queue tells
                var message = new ErrorMessage(got);
                var messageFate = last ? MessageFate.StaysLast : await visit(message);
                last = messageFate == MessageFate.StaysLast;
                if (messageFate != MessageFate.Leaves && message.Looks >= MostLooks)
                    await Send(_queue, message.AsFound(), message.Body, ct);
                if (messageFate == MessageFate.Leaves || message.Looks >= MostLooks)
                    await _channel.BasicAckAsync(message.DeliveryTag, multiple: false, CancellationToken.None);
                if (last && there > KeptInOrder)
                    break;
            }
            return there;
        }
        catch (OperationInterruptedException e) when (e.ShutdownReason?.ReplyCode == Constants.NotFound)
        {
            return 0; // nothing has ever failed there
        }
        finally
        {
            if (_channel.IsOpen)
                await _channel.BasicNackAsync(AllHeld, multiple: true, requeue: true, CancellationToken.None);
            await _channel.DisposeAsync();
        }
    }

    /// <summary>Puts a message into a queue; done when the broker has it there for good.</summary>
    /// <exception cref="PublishException">There is no such queue, or it does not take the message.</exception>
    public ValueTask Send(string to, BasicProperties properties, ReadOnlyMemory<byte> body, CancellationToken ct) =>
        _channel.BasicPublishAsync("", to, mandatory: true, properties, body, ct);
}
