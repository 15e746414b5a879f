using System.Globalization;
using System.Web;
using Sigma.Simulator;
using Sigma.Simulator.Faults;
using Sigma.Simulator.Received;

namespace Sigma.Faults.Watching;

/// <summary>
/// Which time of Segware's was asked for and answered, and when: kept from the outside, by the calls the simulator saw. Milliseconds since 1970.
/// </summary>
internal sealed class WatchedTime(SimulatorApp simulator)
{
    // To what a Segware whose clock is behind had shown by then, and no further.
    readonly List<(long From, long To, long AnsweredAt, long Shown)> _answers = [];
    readonly Lock _lock = new();
    ReceivedCall? _last;

    /// <summary>Takes in the calls since the last time; often enough that the simulator has not forgotten any.</summary>
    public void TakeIn()
    {
        lock (_lock)
        {
            var calls = simulator.Received.Calls;
            var seen = _last is null ? -1 : calls.ToList().FindLastIndex(c => ReferenceEquals(c, _last));
            foreach (var call in calls.Skip(seen + 1).Where(c => c is { Path: "/v1/events", Status: 200, Struck: null or FaultKind.Delay }))
            {
                var query = HttpUtility.ParseQueryString(call.Query);
                var at = call.At.ToUnixTimeMilliseconds();
                _answers.Add((Date(query["startDate"]!), Date(query["endDate"]!), at, at
                    + (long)simulator.Options.Segware.ClockAhead.TotalMilliseconds));
            }
            _last = calls.Count > 0 ? calls[^1] : _last;
        }
    }

    /// <summary>The stretches that were known without a gap at <paramref name="moment"/>.</summary>
    public List<(long From, long To)> Known(long moment)
    {
        lock (_lock)
        {
            List<(long From, long To)> known = [];
            foreach (var answer in _answers.Where(a => a.AnsweredAt <= moment).OrderBy(a => a.From))
                if (known is [.., var last] && answer.From <= last.To)
                    known[^1] = last with { To = Math.Max(last.To, answer.To) };
                else
                    known.Add((answer.From, answer.To));
            return known;
        }
    }

    /// <summary>
    /// When the first answer came that had an event of <paramref name="at"/> that is there since <paramref name="seen"/>; null when none had.
    /// </summary>
    public long? ToldAt(long at, long seen)
    {
        lock (_lock)
            return _answers.Where(a => a.From <= at && at <= a.To && a.Shown >= seen).Min(a => (long?)a.AnsweredAt);
    }

    /// <summary>The longest that any minute (from its end until all of it was known) stayed unwatched.</summary>
    public TimeSpan LongestBlind(long from, long to)
    {
        lock (_lock)
        {
            var longest = 0L;
            for (var minute = from; minute + 60_000 <= to; minute += 1000)
            {
                var known = _answers.Where(a => a.From < minute + 60_000 && a.To > minute).OrderBy(a => a.AnsweredAt).ToList();
                longest = Math.Max(longest, KnownAt(known, minute, minute + 60_000) - (minute + 60_000));
            }
            return TimeSpan.FromMilliseconds(longest);
        }
    }

    static long KnownAt(List<(long From, long To, long AnsweredAt, long Shown)> answers, long from, long to)
    {
        for (var n = 1; n <= answers.Count; n++)
        {
            var through = from;
            foreach (var answer in answers.Take(n).OrderBy(a => a.From))
                if (answer.From <= through)
                    through = Math.Max(through, answer.To);
            if (through >= to)
                return answers[n - 1].AnsweredAt;
        }
        return DateTimeOffset.MaxValue.ToUnixTimeMilliseconds();
    }

    static long Date(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture).ToUnixTimeMilliseconds();
}
