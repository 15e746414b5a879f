using System.Collections.Concurrent;
using MassTransit;
using MassTransit.Middleware.Rescue;
using MassTransit.RabbitMqTransport;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace Sigma.Hosting.Messaging;

/// <summary>
/// Puts a message aside whose consumer publishes what the broker refuses. The broker answers such a publish by closing the channel, so the message
/// comes again at once, for ever, and takes with it whatever else the endpoint has in hand. Nothing says whose publish it was: suspects are tried one
/// at a time.
/// </summary>
/// <remarks>
/// It stands before MassTransit's own rescue, and the channel is gone when the refusal is known: the message is put aside when it comes again.
/// </remarks>
internal sealed class RefusedPublishes(IPipe<ExceptionReceiveContext> errors) : IFilter<ReceiveContext>
{
    const int TriesBesideOthers = 10, TriesAlone = 3, MostRemembered = 1000;

    readonly ConcurrentDictionary<string, Tries> _tries = new();
    readonly SemaphoreSlim _alone = new(1, 1);

    public async Task Send(ReceiveContext context, IPipe<ReceiveContext> next)
    {
        if (!context.TryGetPayload<RabbitMqBasicConsumeContext>(out var delivery) || delivery.Properties.MessageId is not { } id)
            await next.Send(context);
        else if (!_tries.TryGetValue(id, out var tries) || tries.BesideOthers < TriesBesideOthers)
            await Try(context, next, id, alone: false);
        else if (tries.Alone < TriesAlone)
            await TryAlone(context, next, id);
        else
        {
            await errors.Send(new RescueExceptionReceiveContext(context, Refused(tries.Reason)));
            _tries.TryRemove(id, out _);
        }
    }

    public void Probe(ProbeContext context) => context.CreateFilterScope("refusedPublishes");

    async Task TryAlone(ReceiveContext context, IPipe<ReceiveContext> next, string id)
    {
        await _alone.WaitAsync(context.CancellationToken);
        try
        {
            await Try(context, next, id, alone: true);
        }
        finally
        {
            _alone.Release();
        }
    }

    async Task Try(ReceiveContext context, IPipe<ReceiveContext> next, string id, bool alone)
    {
        try
        {
            await next.Send(context);
        }
        finally
        {
            if (context.TryGetPayload<ChannelContext>(out var channel) && channel.Channel.CloseReason is { } reason && IsOfAPublish(reason))
                Count(id, alone, reason.ReplyText);
            else if (context.IsDelivered)
                _tries.TryRemove(id, out _);
        }
    }

    void Count(string id, bool alone, string reason)
    {
        if (_tries.Count < MostRemembered || _tries.ContainsKey(id))
            _tries.AddOrUpdate(id, _ => new(1, 0, reason),
                (_, t) => alone ? t with { Alone = t.Alone + 1, Reason = reason } : t with { BesideOthers = t.BesideOthers + 1 });
    }

    // The same code stands for an acknowledgement that came too late, which is nobody's fault.
    static bool IsOfAPublish(ShutdownEventArgs reason) => reason.ReplyCode is Constants.FrameError
        || (reason.ReplyCode is Constants.PreconditionFailed && !reason.ReplyText.Contains("delivery", StringComparison.OrdinalIgnoreCase));

    static Exception Refused(string reason)
    {
        try
        {
            // Thrown, so that it has a stack like all the others.
            throw new InvalidDataException(
                $"The broker refused what was published for this message, {TriesAlone} times while it was tried alone: {reason}");
        }
        catch (InvalidDataException e)
        {
            return e;
        }
    }

    readonly record struct Tries(int BesideOthers, int Alone, string Reason);
}
