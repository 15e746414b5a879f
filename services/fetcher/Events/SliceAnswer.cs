using Sigma.Contracts;
using Sigma.Segware;

namespace Sigma.Fetcher.Events;

/// <summary>What the source answered for one slice.</summary>
internal sealed class SliceAnswer
{
    const int MostOddRecords = 1000, MostReportedTimes = 100, FewRecords = 5;

    readonly List<MalformedRecord> _odd = [];
    readonly Dictionary<string, (int Count, MalformedRecord Example)> _reasons = [];
    readonly Dictionary<string, string> _reportedTimes = [];
    int _misshapen;

    /// <summary>The watched events.</summary>
    public List<MonitoredEvent> Events { get; } = [];

    /// <summary>All records, watched or not.</summary>
    public int Records { get; set; }

    /// <summary>Which fields they have.</summary>
    public FieldCounts Fields { get; } = new();

    /// <summary>Records that were put aside.</summary>
    public int Odd { get; private set; }

    /// <summary>The beginning of the first of them.</summary>
    public string? OddExample { get; private set; }

    /// <summary>What is wrong with it.</summary>
    public string? OddReason { get; private set; }

    /// <summary>Those records, and others of which a part was put aside; not all, if they are very many.</summary>
    public IReadOnlyList<MalformedRecord> OddRecords => _odd;

    /// <summary>A time that could not be placed.</summary>
    public string? UnusableTime { get; set; }

    /// <summary>Events whose own time is not believed.</summary>
    public int TimesReplaced { get; private set; }

    /// <summary>One such time for each account; not all, if they are very many.</summary>
    public IReadOnlyDictionary<string, string> ReportedTimes => _reportedTimes;

    /// <summary>Why most of the records cannot be read; null when most can, and when it is no more than an accident of a few.</summary>
    public string? Unreadable
    {
        get
        {
            // A record that lacks a required field shows a change at the source. One broken value concerns that record, unless there are many.
            var accidents = Odd - _misshapen;
            var unreadable = _misshapen + (accidents >= FewRecords ? accidents : 0);
            if (2 * unreadable <= Records)
                return null;
            var (_, example) = _reasons.Values.MaxBy(reason => reason.Count);
            return $"{unreadable} of {Records} records cannot be read: {example.Reason}, for example {ResponseText.OneLine(example.Raw, 200)}";
        }
    }

    /// <summary>Puts a record aside, or a part of it.</summary>
    /// <param name="malformed">The record.</param>
    /// <param name="isMisshapen">Whether it lacks what every record has.</param>
    public void Add(MalformedRecord malformed, bool isMisshapen = false)
    {
        if (_odd.Count < MostOddRecords)
            _odd.Add(malformed);
        if (malformed.Used)
            return;
        Odd++;
        _misshapen += isMisshapen ? 1 : 0;
        OddReason ??= malformed.Reason;
        OddExample ??= ResponseText.OneLine(malformed.Raw, 200);
        if (_reasons.TryGetValue(malformed.Reason, out var known) || _reasons.Count < MostOddRecords)
            _reasons[malformed.Reason] = (known.Count + 1, known.Example ?? malformed);
    }

    /// <summary>Notes a time that is not believed.</summary>
    public void TimeReplaced(string account, string reported)
    {
        TimesReplaced++;
        if (_reportedTimes.Count < MostReportedTimes)
            _reportedTimes.TryAdd(account, reported);
    }
}
