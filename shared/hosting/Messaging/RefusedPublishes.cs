using System.Collections.Concurrent;
using System.Diagnostics;
using MassTransit;
using MassTransit.Middleware.Rescue;
using MassTransit.RabbitMqTransport;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace Sigma.Hosting.Messaging;

/// <summary>
/// Puts a message aside whose consumer publishes what the broker refuses. The broker answers such a publish by closing the channel, so the message
/// comes again at once, for ever, and takes with it whatever else the endpoint has in hand. Nothing says whose publish it was: while there is a
/// suspect, all messages are tried one at a time.
/// </summary>
/// <remarks>
/// It stands before MassTransit's own rescue, and the channel is gone when the refusal is known: the message is put aside when it comes again.
/// </remarks>
internal sealed class RefusedPublishes(IPipe<ExceptionReceiveContext> errors) : IFilter<ReceiveContext>
{
    const int TriesBesideOthers = 10, TriesAlone = 3, MostRemembered = 1000;

    // One that has not come again by then went to another process.
    static readonly TimeSpan SuspectFor = TimeSpan.FromMinutes(1);

    readonly ConcurrentDictionary<string, Tries> _tries = new();
    readonly SemaphoreSlim _alone = new(1, 1);

    public async Task Send(ReceiveContext context, IPipe<ReceiveContext> next)
    {
        if (!context.TryGetPayload<RabbitMqBasicConsumeContext>(out var delivery) || delivery.Properties.MessageId is not { } id)
            await next.Send(context);
        else if (_tries.TryGetValue(id, out var tries) && tries.Alone >= TriesAlone)
        {
            await errors.Send(new RescueExceptionReceiveContext(context, Refused(tries.Reason)));
            _tries.TryRemove(id, out _);
        }
        else if (HasSuspect())
            await TryAlone(context, next, id);
        else
            await Try(context, next, id, alone: false);
    }

    public void Probe(ProbeContext context) => context.CreateFilterScope("refusedPublishes");

    bool HasSuspect() =>
        !_tries.IsEmpty && _tries.Values.Any(t => t.BesideOthers >= TriesBesideOthers && Stopwatch.GetElapsedTime(t.At) < SuspectFor);

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
        context.TryGetPayload<ChannelContext>(out var channel);
        var isFirst = channel?.Channel.CloseReason is null; // else another has closed it, before this one was even tried
        try
        {
            await next.Send(context);
        }
        finally
        {
            if (isFirst && channel?.Channel.CloseReason is { } reason && IsOfAPublish(reason))
                Count(id, alone, reason.ReplyText);
            else if (context.IsDelivered)
                _tries.TryRemove(id, out _);
        }
    }

    void Count(string id, bool alone, string reason)
    {
        if (_tries.Count < MostRemembered || _tries.ContainsKey(id))
            _tries.AddOrUpdate(id, _ => Next(new Tries(0, 0, reason, 0), alone), (_, tries) => Next(tries with { Reason = reason }, alone));
    }

    static Tries Next(Tries tries, bool alone) => tries with
    {
        BesideOthers = tries.BesideOthers + (alone ? 0 : 1), Alone = tries.Alone + (alone ? 1 : 0), At = Stopwatch.GetTimestamp(),
    };

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

    readonly record struct Tries(int BesideOthers, int Alone, string Reason, long At);
}
