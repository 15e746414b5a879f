using Sigma.OperatorConsole.Services;

namespace Sigma.OperatorConsole.Rules;

/// <summary>What a rule would have raised, beside what the present one did.</summary>
internal sealed class BacktestReport
{
    readonly List<BacktestAlert> _alerts = [];

    /// <summary>Events that are read by now.</summary>
    public long Events { get; private set; }

    /// <summary>What was found; null until then.</summary>
    public BacktestSummary? Summary { get; private set; }

    /// <summary>What would have been, the newest first.</summary>
    public IReadOnlyList<BacktestAlert> Alerts => _alerts;

    /// <summary>Takes a line.</summary>
    public void Take(BacktestLine line)
    {
        switch (line)
        {
            case BacktestProgress progress:
                Events = progress.Events;
                break;
            case BacktestSummary summary:
                Summary = summary;
                Events = summary.Events;
                break;
            case BacktestAlert alert:
                _alerts.Add(alert);
                break;
        }
    }

    /// <summary>Both, side by side, the newest first: those of one key that overlap stand in one row.</summary>
    public IReadOnlyList<ComparedEpisode> Compare(IReadOnlyList<RuleEpisode> actual)
    {
        var rest = actual.GroupBy(episode => Key(episode.Labels)).ToDictionary(group => group.Key, group => group.ToList());
        List<ComparedEpisode> rows = [];
        foreach (var would in _alerts)
        {
            RuleEpisode? did = null;
            if (rest.TryGetValue(Key(would.Labels), out var same) && same.FindIndex(episode => Overlap(would, episode)) is var place and >= 0)
            {
                did = same[place];
                same.RemoveAt(place);
            }
            rows.Add(new(would.Labels, would, did));
        }
        rows.AddRange(rest.Values.SelectMany(episodes => episodes).Select(did => new ComparedEpisode(did.Labels, null, did)));
        return [.. rows.OrderByDescending(row => row.At)];
    }

    /// <summary>Episodes that began on each day of the time that was tried; none when nothing was covered.</summary>
    public IReadOnlyList<EpisodesOfDay> Days(IReadOnlyList<RuleEpisode> actual, TimeZoneInfo zone)
    {
        if (Summary is not { From: { } from, To: { } to })
            return [];
        var would = _alerts.CountBy(alert => Day(alert.RaisedAt)).ToDictionary();
        var did = actual.CountBy(episode => Day(episode.RaisedAt)).ToDictionary();
        List<EpisodesOfDay> days = [];
        for (var day = Day(from); day <= Day(to); day = day.AddDays(1))
            days.Add(new(day, would.GetValueOrDefault(day), did.GetValueOrDefault(day)));
        return days;

        DateOnly Day(DateTimeOffset at) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(at, zone).DateTime);
    }

    static bool Overlap(BacktestAlert would, RuleEpisode did) =>
        would.RaisedAt <= (did.ClearedAt ?? DateTimeOffset.MaxValue) && did.RaisedAt <= (would.ClearedAt ?? DateTimeOffset.MaxValue);

    static string Key(IReadOnlyDictionary<string, string> labels) =>
        string.Join('\0', labels.OrderBy(label => label.Key, StringComparer.Ordinal).Select(label => $"{label.Key}\0{label.Value}"));
}

/// <summary>What would have been and what was, of one key.</summary>
/// <param name="Labels">The key.</param>
/// <param name="Would">What would have been; null when nothing would.</param>
/// <param name="Did">What was; null when nothing was.</param>
public sealed record ComparedEpisode(IReadOnlyDictionary<string, string> Labels, BacktestAlert? Would, RuleEpisode? Did)
{
    /// <summary>When it began.</summary>
    public DateTimeOffset At => Would?.RaisedAt ?? Did!.RaisedAt;
}

/// <summary>How many began on a day.</summary>
/// <param name="Day">The day, in the zone of the pages.</param>
/// <param name="Would">That would have been.</param>
/// <param name="Did">That were.</param>
public sealed record EpisodesOfDay(DateOnly Day, int Would, int Did);
