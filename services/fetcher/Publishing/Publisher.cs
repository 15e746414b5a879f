using MassTransit;
using Microsoft.Extensions.Options;
using Sigma.Contracts;

namespace Sigma.Fetcher.Publishing;

/// <summary>Publishes and waits until the broker has the message and a queue for it.</summary>
internal sealed class Publisher(IBus bus, IOptions<FetcherOptions> options)
{
    static readonly TimeSpan PublishTimeout = TimeSpan.FromSeconds(30), WaitForListener = TimeSpan.FromSeconds(2),
        Pause = TimeSpan.FromMilliseconds(500);

    /// <exception cref="BrokerUnavailableException">The message is not with the broker, or nobody listens yet.</exception>
    public async Task Publish<T>(T message, Guid? messageId, CancellationToken ct) where T : class
    {
        // A publish hangs while the broker is away, and the client may not look at the token: so both.
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(PublishTimeout);
        var returned = false;
        try
        {
            while (!await Try(message, messageId, limit.Token))
            {
                returned = true;
                await Task.Delay(WaitForListener, limit.Token);
            }
        }
        catch (Exception e) when (!ct.IsCancellationRequested)
        {
            throw new BrokerUnavailableException(
                returned ? $"no queue takes {typeof(T).Name} yet, is the evaluator there?"
                : limit.IsCancellationRequested ? $"it did not confirm a message within {PublishTimeout.TotalSeconds:0} s"
                : e.Message, e);
        }
    }

    /// <summary>Whether the broker takes a message by then: one that says nothing.</summary>
    public async Task<bool> Reaches(TimeSpan within, CancellationToken ct)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(within);
        while (true)
        {
            try
            {
                await bus.Publish(new OccurrencesExcused { Source = options.Value.Source, OccurrenceIds = [] }, limit.Token).WaitAsync(limit.Token);
                return true;
            }
            catch (OperationCanceledException) when (limit.IsCancellationRequested)
            {
                ct.ThrowIfCancellationRequested();
                return false;
            }
            catch (Exception)
            {
                await Task.Delay(Pause, limit.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    async Task<bool> Try<T>(T message, Guid? messageId, CancellationToken ct) where T : class
    {
        try
        {
            await bus.Publish(message, context =>
            {
                context.MessageId = messageId ?? context.MessageId;
                // Without a bound queue the broker would drop the message: on the very first start the evaluator may come later.
                if (context.TryGetPayload<RabbitMqSendContext>(out var send))
                    send.Mandatory = true;
            }, ct).WaitAsync(ct);
            return true;
        }
        catch (Exception e) when (IsReturned(e))
        {
            return false;
        }
    }

    static bool IsReturned(Exception e) =>
        e is MessageReturnedException or RabbitMQ.Client.Exceptions.PublishException { IsReturn: true }
            || (e.InnerException is { } inner && IsReturned(inner));
}

/// <summary>The broker did not take a message; nothing is wrong with the slice it came from.</summary>
internal sealed class BrokerUnavailableException(string message, Exception inner) : Exception(message, inner);
