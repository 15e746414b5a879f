using System.Globalization;
using Sigma.Simulator.Segware;

namespace Sigma.Faults.Traffic;

/// <summary>
/// Everything the panels will send during the run, by seed: a murmur on thousands of keys that means nothing, and episodes of every kind, each on a
/// key of its own.
/// </summary>
internal sealed class Plan
{
    /// <summary>The rule of the run: so short a window lets hundreds of episodes begin and end.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromSeconds(30);

    /// <summary>Events in the window that raise.</summary>
    public const int Threshold = 10;

    /// <summary>Whose closed occurrences are excused.</summary>
    public const long SystemUser = 52583;

    const int MurmuringKeys = 2000, FirstEpisodeAccount = 100_000;
    const double MurmurPerSecond = 60, EpisodesPerSecond = 1;
    static readonly TimeSpan Flooding = TimeSpan.FromSeconds(70), Bursting = TimeSpan.FromSeconds(20), BeforeTheNextOfAKey = TimeSpan.FromMinutes(4);

    readonly Random _random;
    readonly DateTimeOffset _start;
    readonly TimeSpan _length;
    readonly List<SegwareEvent> _events = [];
    readonly List<Occurrence> _occurrences = [];
    int _lastOccurrence;

    public Plan(int seed, DateTimeOffset start, TimeSpan length)
    {
        _random = new Random(seed);
        _start = start;
        _length = length;
        Murmur();
        Episodes();
        OddRecords();
    }

    public IReadOnlyList<SegwareEvent> Events => _events;
    public IReadOnlyList<Occurrence> Occurrences => _occurrences;

    void Murmur()
    {
        for (var at = 0d; at < _length.TotalSeconds; at += -Math.Log(1 - _random.NextDouble()) / MurmurPerSecond)
        {
            var account = 1 + _random.Next(MurmuringKeys);
            Add(account, _start.AddSeconds(at));
        }
    }

    // What cannot be read stands among what can, and must not take it along.
    void OddRecords()
    {
        for (var at = 5d; at < _length.TotalSeconds; at += 1 + _random.NextDouble() * 6)
        {
            var when = _start.AddSeconds(at);
            var raw = _random.Next(6) switch
            {
                0 => $$"""{"id":"odd-{{_events.Count}}","accountId":7,"cuc":"ALR","code":"E13\ud83d"}""",
                1 => $$"""{"id":"odd-{{_events.Count}}","cuc":"ALR","code":"E130"}""",
                2 => """{"id":1,"accountId":""",
                3 => $$"""{"id":"odd-{{_events.Count}}","accountId":{"number":7},"code":NaN}""",
                4 => "null",
                _ => $$"""{"id":"odd-{{_events.Count}}","accountId":7,"cuc":"ALR","code":"{{new string('x', 60)}}"}""",
            };
            _events.Add(new SegwareEvent { AccountId = 7, Cuc = "ALR", Code = "E130", At = when, Id = $"raw-{_events.Count}", Raw = raw });
        }
    }

    void Episodes()
    {
        var account = FirstEpisodeAccount;
        for (var at = 0d; at < (_length - Bursting).TotalSeconds; at += -Math.Log(1 - _random.NextDouble()) / EpisodesPerSecond)
        {
            var first = _start.AddSeconds(at);
            switch (_random.Next(100))
            {
                case < 40: Burst(account, first); break;
                case < 50: Again(account, first); break;
                case < 60: NearMiss(account, first); break;
                case < 75 when first < _start + _length - Flooding: Flood(account, first); break;
                case < 87: PartlyLate(account, first); break;
                case < 92: Excused(account, first, closedAfter: TimeSpan.FromSeconds(-1)); break;
                default: Excused(account, first, closedAfter: TimeSpan.FromSeconds(25 + _random.Next(15))); break;
            }
            account++;
        }
    }

    void Burst(int account, DateTimeOffset first) => Spread(account, first, Threshold + _random.Next(6), TimeSpan.FromSeconds(2 + _random.Next(18)));

    void Again(int account, DateTimeOffset first)
    {
        for (var next = first; next < _start + _length - Bursting; next += BeforeTheNextOfAKey)
            Burst(account, next);
    }

    void NearMiss(int account, DateTimeOffset first) => Spread(account, first, Threshold - 1, TimeSpan.FromSeconds(20));

    // Above the threshold for longer than a window: if a time nobody watched were taken for silence, it would be cleared.
    void Flood(int account, DateTimeOffset first) => Spread(account, first, 35 + _random.Next(15), Flooding - TimeSpan.FromSeconds(_random.Next(15)));

    void PartlyLate(int account, DateTimeOffset first)
    {
        for (var i = 0; i < Threshold + 2; i++)
            Add(account, first.AddSeconds(i), late: i % 3 == 1 ? TimeSpan.FromSeconds(4 + _random.Next(8)) : null);
    }

    void Excused(int account, DateTimeOffset first, TimeSpan closedAfter)
    {
        var id = (++_lastOccurrence).ToString(CultureInfo.InvariantCulture);
        var closed = first + closedAfter;
        _occurrences.Add(new Occurrence
            { Id = id, OpenedAt = first.AddSeconds(-5), ClosedAt = closed, ClosedByUserId = SystemUser, AccountId = account });
        for (var i = 0; i < Threshold + 4; i++)
            Add(account, first.AddSeconds(i), occurrence: id);
    }

    void Spread(int account, DateTimeOffset first, int count, TimeSpan over)
    {
        for (var i = 0; i < count; i++)
            Add(account, first + over * (i / (count - 1d)));
    }

    void Add(int account, DateTimeOffset at, TimeSpan? late = null, string? occurrence = null) => _events.Add(new SegwareEvent
    {
        AccountId = account, Cuc = "ALR", Code = "E130", At = at, AvailableAt = late is null ? null : at + late, OccurrenceId = occurrence,
    });
}
