using System.Globalization;

namespace Sigma.Simulator.Received;

/// <summary>Everything that was posted, and which calls were made.</summary>
public sealed class ReceivedLog
{
    private const int CallsKept = 10_000;

    private readonly Lock _lock = new();
    private readonly List<ReceivedMessage> _messages = [];
    private readonly List<ReceivedAlarmEvent> _alarmEvents = [];
    private readonly Queue<ReceivedCall> _calls = new();
    private readonly SortedDictionary<string, SortedDictionary<string, int>> _counts = new(StringComparer.Ordinal);
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The WhatsApp messages, oldest first.</summary>
    public IReadOnlyList<ReceivedMessage> Messages => Copy(_messages);

    /// <summary>The alarm events, oldest first.</summary>
    public IReadOnlyList<ReceivedAlarmEvent> AlarmEvents => Copy(_alarmEvents);

    /// <summary>The last 10,000 calls, in the order they were answered; one that still hangs is not among them.</summary>
    public IReadOnlyList<ReceivedCall> Calls => Copy(_calls);

    /// <summary>Calls counted by "METHOD route" and then by status, "none" where no whole answer went out.</summary>
    public IReadOnlyDictionary<string, IReadOnlyDictionary<string, int>> CallCounts
    {
        get
        {
            lock (_lock)
            {
                return _counts.ToDictionary(
                    route => route.Key, route => (IReadOnlyDictionary<string, int>)new SortedDictionary<string, int>(route.Value));
            }
        }
    }

    /// <summary>Waits until what was received is as <paramref name="expected"/> says; looks again at each arrival.</summary>
    public async Task Until(Func<ReceivedLog, bool> expected, CancellationToken cancellationToken)
    {
        while (true)
        {
            Task changed;
            lock (_lock)
            {
                changed = _changed.Task;
            }

            if (expected(this))
            {
                return;
            }

            await changed.WaitAsync(cancellationToken);
        }
    }

    /// <summary>Forgets all of it.</summary>
    public void Clear() => Change(() =>
    {
        _messages.Clear();
        _alarmEvents.Clear();
        _calls.Clear();
        _counts.Clear();
    });

    internal ReceivedMessage Add(DateTimeOffset at, string instanceId, string number, string text, string? quotedMessageId, bool answered)
    {
        ReceivedMessage message = null!;
        Change(() =>
        {
            var id = "3EB0" + (_messages.Count + 1).ToString("X12", CultureInfo.InvariantCulture);
            _messages.Add(message = new ReceivedMessage(at, instanceId, number, text, quotedMessageId, id, answered));
        });
        return message;
    }

    internal void Add(ReceivedAlarmEvent alarmEvent) => Change(() => _alarmEvents.Add(alarmEvent));

    internal void Add(ReceivedCall call) => Change(() =>
    {
        _calls.Enqueue(call);
        if (_calls.Count > CallsKept)
        {
            _calls.Dequeue();
        }

        var route = $"{call.Method} {call.Route}";
        var status = call.Status?.ToString(CultureInfo.InvariantCulture) ?? "none";
        var counts = _counts.TryGetValue(route, out var known) ? known : _counts[route] = new(StringComparer.Ordinal);
        counts[status] = counts.GetValueOrDefault(status) + 1;
    });

    internal IReadOnlyList<T> Copy<T>(IEnumerable<T> list)
    {
        lock (_lock)
        {
            return [.. list];
        }
    }

    internal void Change(Action change)
    {
        TaskCompletionSource changed;
        lock (_lock)
        {
            change();
            changed = _changed;
            _changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        changed.SetResult();
    }
}
