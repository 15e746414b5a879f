using Sigma.Faults.Watching;

namespace Sigma.Faults.Injection;

/// <summary>Deals the faults: each kind once in a seeded order, then all again, at seeded moments, until the time is over.</summary>
internal sealed class Schedule(IReadOnlyList<FaultKind> kinds, Heartbeat heartbeat, int seed)
{
    static readonly TimeSpan RecoveryTimeout = TimeSpan.FromSeconds(90);

    readonly Random _random = new(seed);
    readonly List<InjectedFault> _faults = [];
    readonly List<Task> _running = [];

    public IReadOnlyList<InjectedFault> Faults
    {
        get
        {
            lock (_faults)
                return [.. _faults.OrderBy(s => s.From)];
        }
    }

    public async Task Run(DateTimeOffset until, CancellationToken ct)
    {
        Queue<FaultKind> bag = new();
        while (true)
        {
            if (bag.Count == 0)
                bag = new(Shuffled());
            var kind = bag.Dequeue();
            var (what, stroke) = kind.Draw(_random);
            await Task.Delay(TimeSpan.FromSeconds(1 + _random.NextDouble() * 5), ct);
            if (kind.Alone)
            {
                await WaitUntilHealthy(ct);
                if (TimeProvider.System.GetUtcNow() >= until)
                    break;
                await Inject(kind, what, stroke, ct);
            }
            else
            {
                if (_running.Count >= 3)
                    await Task.WhenAny(_running);
                if (TimeProvider.System.GetUtcNow() >= until)
                    break;
                _running.Add(Inject(kind, what, stroke, ct));
            }
            _running.RemoveAll(running => running.IsCompletedSuccessfully);
        }
        await WaitUntilHealthy(ct);
    }

    // A kind that must wait for calm is not dealt right before another one, so that the others overlap.
    List<FaultKind> Shuffled()
    {
        var dealt = kinds.ToArray();
        _random.Shuffle(dealt);
        return [.. dealt];
    }

    async Task WaitUntilHealthy(CancellationToken ct)
    {
        await Task.WhenAll(_running);
        _running.Clear();
        await heartbeat.Healthy(RecoveryTimeout, ct);
    }

    async Task Inject(FaultKind kind, string what, Func<CancellationToken, Task> stroke, CancellationToken ct)
    {
        Progress.Say($"- {kind.Group}: {what}");
        var from = TimeProvider.System.GetUtcNow();
        await stroke(ct);
        var fault = new InjectedFault(kind.Group, what, from, TimeProvider.System.GetUtcNow());
        lock (_faults)
            _faults.Add(fault);
        fault.Recovered = await heartbeat.Healthy(RecoveryTimeout, ct);
        fault.NeverRecovered = fault.Recovered is null;
        Progress.Say($"  {kind.Group}: over after {(fault.To - from).TotalSeconds:0.0} s, "
            + (fault.Recovered is { } time
                ? $"well again {time.TotalSeconds:0.0} s later" : $"NOT well {RecoveryTimeout.TotalSeconds:0} s later: {heartbeat.Complaint}"));
    }
}
