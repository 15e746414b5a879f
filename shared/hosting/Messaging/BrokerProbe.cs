using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace Sigma.Hosting.Messaging;

/// <summary>Finds out whether the broker works, by a connection beside the bus's that is kept for as long as it does.</summary>
internal sealed class BrokerProbe(BrokerClient broker) : IAsyncDisposable
{
    public static readonly TimeSpan Timeout = TimeSpan.FromSeconds(3);

    static readonly CreateChannelOptions Confirming = new(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true);

    IConnection? _connection;

    /// <summary>
    /// A channel on which the broker has just confirmed a message; null when it does not answer or takes none, as in a memory or disk alarm.
    /// </summary>
    public async Task<IChannel?> Ask(CancellationToken ct)
    {
        if (_connection is not null)
        {
            if (await Confirmed(ct) is { } channel)
                return channel;
            await Drop(); // it may be this connection alone that is broken
        }
        return await Confirmed(ct);
    }

    public async ValueTask DisposeAsync() => await Drop();

    async Task<IChannel?> Confirmed(CancellationToken ct)
    {
        IChannel? channel = null;
        try
        {
            _connection ??= await broker.Open("bus watch", Timeout, ct).WaitAsync(2 * Timeout, ct);
            channel = await _connection.CreateChannelAsync(Confirming, ct).WaitAsync(Timeout, ct);
            // Nobody's queue: it is confirmed and forgotten.
            await channel.BasicPublishAsync("", "sigma.bus-watch", ReadOnlyMemory<byte>.Empty, ct).AsTask().WaitAsync(Timeout, ct);
            return channel;
        }
        catch (Exception e) when (!ct.IsCancellationRequested && IsRefusal(e))
        {
            if (channel is not null)
                _ = channel.DisposeAsync().AsTask(); // which may take as long as it likes
            return null;
        }
    }

    async Task Drop()
    {
        if (_connection is null)
            return;
        try
        {
            await _connection.CloseAsync(Constants.ReplySuccess, "", TimeSpan.FromSeconds(1), abort: true, CancellationToken.None)
                .WaitAsync(TimeSpan.FromSeconds(2));
        }
        catch (Exception e) when (e is TimeoutException || IsRefusal(e))
        {
            // it is given up in any case
        }
        _connection = null;
    }

    /// <summary>Whether this is how a broker, or the way to it, fails.</summary>
    public static bool IsRefusal(Exception e) =>
        e is BrokerUnreachableException or OperationInterruptedException or AlreadyClosedException or PublishException or TimeoutException
            or IOException or OperationCanceledException;
}
