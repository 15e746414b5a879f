using System.Collections.Concurrent;
using Sigma.OperatorConsole.Access;

namespace Sigma.OperatorConsole.Board;

/// <summary>A state of the board, which never changes. What is found in it is found once for each filter, whoever asks.</summary>
public sealed class BoardSnapshot
{
    // Of a state that lasts a quarter of a second at busy times. Whoever comes later finds on their own.
    const int MostResults = 64;

    readonly ConcurrentDictionary<(string Filter, string Limits), Lazy<BoardResult>> _results = new();

    internal BoardSnapshot(BoardAlert[] alerts, BoardTexts texts, RaisesPerHour raises, long sequence, int raised, DateTimeOffset at)
    {
        Alerts = alerts;
        Texts = texts;
        Raises = raises;
        Sequence = sequence;
        Raised = raised;
        At = at;
    }

    /// <summary>The last change that is in it.</summary>
    public long Sequence { get; }

    /// <summary>How many alerts are raised, whoever may see them.</summary>
    public int Raised { get; }

    /// <summary>When it was made, UTC.</summary>
    public DateTimeOffset At { get; }

    /// <summary>The newest first: those that are raised, and those that are over and may be kept.</summary>
    internal BoardAlert[] Alerts { get; }

    internal BoardTexts Texts { get; }

    internal RaisesPerHour Raises { get; }

    internal BoardResult Find(BoardFilter filter, LabelLimits limits)
    {
        var key = (filter.ToQuery(), limits.ToJson() ?? "");
        if (_results.TryGetValue(key, out var known))
            return known.Value;
        if (_results.Count >= MostResults)
            return BoardSearch.Find(this, filter, limits);
        return _results.GetOrAdd(key, _ => new Lazy<BoardResult>(() => BoardSearch.Find(this, filter, limits))).Value;
    }
}
