using Sigma.Archive.Logs;

namespace Sigma.Archive.Queries;

/// <summary>A log line.</summary>
/// <param name="Id">By which it is asked for again; null when it only just came.</param>
/// <param name="At">When it was written, UTC.</param>
/// <param name="Source">Name of the integration.</param>
/// <param name="Level"><c>critical</c>, <c>high</c>, <c>medium</c> or <c>info</c>; null when its sender does not say.</param>
/// <param name="Labels">Where it comes from.</param>
/// <param name="Text">The line itself.</param>
/// <param name="Fields">What comes with it; null when nothing.</param>
internal sealed record LogLineAnswer(string? Id, DateTimeOffset At, string Source, string? Level, IReadOnlyDictionary<string, string> Labels,
    string Text, IReadOnlyDictionary<string, string>? Fields)
{
    public static LogLineAnswer Of(FoundLine found) => Of(found.Line, $"{found.Id}");

    public static LogLineAnswer Of(StoredLine line, string? id = null) =>
        new(id, StoredLine.TimeOf(line.Ticks), line.Source, line.Level.ForMessage(), line.Line.Labels, line.Line.Text, line.Line.Fields);
}

/// <summary>A page of lines.</summary>
/// <param name="Items">The newest first.</param>
/// <param name="Next">What to say as <c>after</c> to get those that follow; null when there are none.</param>
/// <param name="Complete">False when the time was up before the page was full; <paramref name="Next"/> goes on from there.</param>
internal sealed record LogPage(IReadOnlyList<LogLineAnswer> Items, string? Next, bool Complete);

/// <summary>Counts over time.</summary>
/// <param name="From">Start of the range, UTC.</param>
/// <param name="To">Its end, exclusive.</param>
/// <param name="Step">Seconds of each part.</param>
/// <param name="Total">All counts together.</param>
/// <param name="CountedFrom">Only lines from here on were counted, for the time was up; null when all were.</param>
/// <param name="Parts">The parts, the oldest first.</param>
internal sealed record LogHistogram(DateTimeOffset From, DateTimeOffset To, double Step, long Total, DateTimeOffset? CountedFrom,
    IReadOnlyList<LogHistogramPart> Parts);

/// <summary>Lines of a part of the range, by level.</summary>
internal sealed record LogHistogramPart(DateTimeOffset At, long None, long Info, long Medium, long High, long Critical);

/// <summary>What a live tail says: a line, how many were missed, or that it lives.</summary>
internal sealed record TailEvent(LogLineAnswer? Line = null, long? Missed = null);
