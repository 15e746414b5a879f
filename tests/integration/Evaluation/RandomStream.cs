using Sigma.Contracts;
using static Sigma.IntegrationTests.Evaluation.Batches;

namespace Sigma.IntegrationTests.Evaluation;

/// <summary>
/// A seeded stream of events of a few keys over an hour, with clusters that reach the threshold and some that do not, cut into slices at random.
/// </summary>
internal sealed class RandomStream
{
    public const int Threshold = 5, Minutes = 60;
    public static readonly TimeSpan Window = TimeSpan.FromMinutes(10);

    readonly Random _random;

    public RandomStream(int seed)
    {
        _random = new Random(seed);
        for (var key = 0; key < 6; key++)
            for (var cluster = _random.Next(1, 5); cluster > 0; cluster--)
            {
                var centre = _random.Next(Minutes * 60);
                for (var i = _random.Next(1, 9); i > 0; i--)
                    Events.Add(Event($"{key}-{Events.Count}", Noon.AddSeconds(Math.Clamp(centre + _random.Next(-240, 240), 0, Minutes * 60 - 1)),
                        $"{key}", occurrence: _random.Next(4) == 0 ? $"o{_random.Next(12)}" : null));
            }
        ExcusedEarly = [.. Enumerable.Range(0, 12).Where(_ => _random.Next(6) == 0).Select(o => $"o{o}")];
        ExcusedLate = [.. Enumerable.Range(0, 12).Where(_ => _random.Next(6) == 0).Select(o => $"o{o}").Except(ExcusedEarly)];
    }

    public List<MonitoredEvent> Events { get; } = [];
    public HashSet<string> ExcusedEarly { get; }
    public HashSet<string> ExcusedLate { get; }

    /// <summary>Slices that cover the hour and the window before it, in parts, some of them twice, in random order.</summary>
    public List<EventBatch> Batches()
    {
        List<EventBatch> batches = [Slice(Noon.AddHours(-1), Noon, [])];
        for (var from = 0; from < Minutes * 60;)
        {
            var to = Math.Min(Minutes * 60, from + _random.Next(20, 400));
            var start = Noon.AddSeconds(from);
            var end = Noon.AddSeconds(to);
            var inside = Events.Where(e => e.OccurredAt >= start && e.OccurredAt < end).ToArray();
            _random.Shuffle(inside);
            var parts = inside.Chunk(Math.Max(1, _random.Next(1, 8))).ToList();
            if (parts.Count == 0)
                parts.Add([]);
            for (var part = 0; part < parts.Count; part++)
                for (var times = _random.Next(1, 3); times > 0; times--)
                    batches.Add(Slice(start, end, parts[part], part + 1, parts.Count,
                        [.. parts[part].Select(e => e.OccurrenceId).OfType<string>().Where(ExcusedEarly.Contains).Distinct()]));
            from = to;
        }
        var shuffled = batches.ToArray();
        _random.Shuffle(shuffled);
        return [.. shuffled];
    }

    /// <summary>Brute force: the events of a key that count, and at each of them how many the window that ends there holds.</summary>
    public List<(DateTimeOffset At, int Count)> Fill(string key, params HashSet<string>[] excused)
    {
        var counted =
            Events.Where(e => e.Labels["account"] == key && !(e.OccurrenceId is { } o && excused.Any(set => set.Contains(o))))
                .Select(e => e.OccurredAt).Order().ToList();
        return [.. counted.Select(at => (at, counted.Count(other => other > at - Window && other <= at)))];
    }

    public HashSet<string> KeysOver(params HashSet<string>[] excused) =>
        [.. Enumerable.Range(0, 6).Select(key => $"{key}").Where(key => Fill(key, excused).Any(f => f.Count >= Threshold))];
}
