using System.Collections.Concurrent;
using Sigma.Contracts;
using Sigma.Gateway.Integrations;
using Sigma.Gateway.Publishing;

namespace Sigma.Gateway.Beats;

/// <summary>
/// Each call brings one beat of what runs well; those of an integration that come shortly after another share a message, so that many of them cost
/// broker and evaluator little. A beat that comes alone goes at once. Each call is answered when the broker has its message.
/// </summary>
internal sealed class BeatsTogether(NewsPublisher publisher, TimeProvider time)
{
    static readonly TimeSpan Gather = TimeSpan.FromMilliseconds(20);

    readonly ConcurrentDictionary<string, Line> _lines = new(StringComparer.Ordinal);

    /// <exception cref="Intake.RefusedException">The broker did not take it in time.</exception>
    public Task Publish(Integration integration, Beat beat, CancellationToken ct) =>
        _lines.GetOrAdd(integration.Name, _ => new Line(publisher, time)).Add(integration, beat).WaitAsync(ct);

    /// <summary>The beats of one integration.</summary>
    sealed class Line(NewsPublisher publisher, TimeProvider time)
    {
        readonly Lock _lock = new();
        Message? _next;
        bool _isSending;
        long? _sentAt;

        public Task Add(Integration integration, Beat beat)
        {
            lock (_lock)
            {
                var message = _next ??= new Message(integration);
                message.Beats.Add(beat);
                if (!_isSending)
                {
                    _isSending = true;
                    _ = Task.Run(Send, CancellationToken.None);
                }
                return message.Sent.Task;
            }
        }

        async Task Send()
        {
            while (true)
            {
                if (_sentAt is { } before && Gather - time.GetElapsedTime(before) is { Ticks: > 0 } wait)
                    await Task.Delay(wait);
                Message message;
                lock (_lock)
                {
                    if (_next is null)
                    {
                        _isSending = false;
                        return;
                    }
                    (message, _next) = (_next, null);
                }
                _sentAt = time.GetTimestamp();
                try
                {
                    await publisher.Publish(message.Integration, message.Beats, CancellationToken.None);
                    message.Sent.SetResult();
                }
                catch (Exception e)
                {
                    message.Sent.SetException(e); // each of its calls is answered so
                }
            }
        }
    }

    /// <summary>What goes next.</summary>
    sealed class Message(Integration integration)
    {
        public Integration Integration => integration;

        public List<Beat> Beats { get; } = [];

        public TaskCompletionSource Sent { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
