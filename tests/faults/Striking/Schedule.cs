using Sigma.Faults.Watching;

namespace Sigma.Faults.Striking;

/// <summary>Deals the faults: each kind once in a seeded order, then all again, at seeded moments, until the time is over.</summary>
internal sealed class Schedule(IReadOnlyList<FaultKind> kinds, Pulse pulse, int seed)
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    readonly Random _random = new(seed);
    readonly List<Strike> _strikes = [];
    readonly List<Task> _running = [];

    public IReadOnlyList<Strike> Strikes
    {
        get
        {
            lock (_strikes)
                return [.. _strikes.OrderBy(s => s.From)];
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
                await Quiet(ct);
                if (TimeProvider.System.GetUtcNow() >= until)
                    break;
                await Do(kind, what, stroke, ct);
            }
            else
            {
                if (_running.Count >= 3)
                    await Task.WhenAny(_running);
                if (TimeProvider.System.GetUtcNow() >= until)
                    break;
                _running.Add(Do(kind, what, stroke, ct));
            }
            _running.RemoveAll(running => running.IsCompletedSuccessfully);
        }
        await Quiet(ct);
    }

    // A kind that must wait for calm is not dealt right before another one, so that the others overlap.
    List<FaultKind> Shuffled()
    {
        var dealt = kinds.ToArray();
        _random.Shuffle(dealt);
        return [.. dealt];
    }

    async Task Quiet(CancellationToken ct)
    {
        await Task.WhenAll(_running);
        _running.Clear();
        await pulse.Well(Patience, ct);
    }

    async Task Do(FaultKind kind, string what, Func<CancellationToken, Task> stroke, CancellationToken ct)
    {
        Progress.Say($"- {kind.Group}: {what}");
        var from = TimeProvider.System.GetUtcNow();
        await stroke(ct);
        var strike = new Strike(kind.Group, what, from, TimeProvider.System.GetUtcNow());
        lock (_strikes)
            _strikes.Add(strike);
        strike.Recovered = await pulse.Well(Patience, ct);
        strike.NeverRecovered = strike.Recovered is null;
        Progress.Say($"  {kind.Group}: over after {(strike.To - from).TotalSeconds:0.0} s, "
            + (strike.Recovered is { } time ? $"well again {time.TotalSeconds:0.0} s later" : $"NOT well {Patience.TotalSeconds:0} s later: {pulse.Complaint}"));
    }
}
