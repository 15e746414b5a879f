namespace Sigma.OperatorConsole.Services;

/// <summary>A log line, as the archive keeps it.</summary>
public sealed record ArchivedLine
{
    /// <summary>By which it is asked for again; null when it only just came.</summary>
    public string? Id { get; init; }

    /// <summary>When it was written, UTC.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Name of the integration.</summary>
    public required string Source { get; init; }

    /// <summary><c>critical</c>, <c>high</c>, <c>medium</c> or <c>info</c>; null when its sender does not say.</summary>
    public string? Level { get; init; }

    /// <summary>Where it comes from.</summary>
    public IReadOnlyDictionary<string, string> Labels { get; init; } = new Dictionary<string, string>();

    /// <summary>The line itself.</summary>
    public required string Text { get; init; }

    /// <summary>What comes with it; null when nothing.</summary>
    public IReadOnlyDictionary<string, string>? Fields { get; init; }
}

/// <summary>A page of log lines, the newest first.</summary>
public sealed record ArchivedLines
{
    /// <summary>The lines.</summary>
    public required IReadOnlyList<ArchivedLine> Items { get; init; }

    /// <summary>What to say to get those that follow; null when there are none.</summary>
    public string? Next { get; init; }

    /// <summary>False when the time was up before the page was full; <see cref="Next"/> goes on from there.</summary>
    public bool Complete { get; init; } = true;
}

/// <summary>Log lines counted over time.</summary>
public sealed record ArchivedCounts
{
    /// <summary>Start, UTC.</summary>
    public required DateTimeOffset From { get; init; }

    /// <summary>End, UTC, exclusive.</summary>
    public required DateTimeOffset To { get; init; }

    /// <summary>Seconds of each part.</summary>
    public required double Step { get; init; }

    /// <summary>All counts together.</summary>
    public required long Total { get; init; }

    /// <summary>Only lines from here on were counted, for the time was up; null when all were.</summary>
    public DateTimeOffset? CountedFrom { get; init; }

    /// <summary>The parts, the oldest first.</summary>
    public required IReadOnlyList<ArchivedCount> Parts { get; init; }
}

/// <summary>Log lines of a part of the time, by level.</summary>
public sealed record ArchivedCount
{
    /// <summary>Start of the part, UTC.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Without a level.</summary>
    public long None { get; init; }

    /// <summary>Of the level info.</summary>
    public long Info { get; init; }

    /// <summary>Of the level medium.</summary>
    public long Medium { get; init; }

    /// <summary>Of the level high.</summary>
    public long High { get; init; }

    /// <summary>Of the level critical.</summary>
    public long Critical { get; init; }

    /// <summary>All of them.</summary>
    public long All => None + Info + Medium + High + Critical;
}

/// <summary>A series of samples.</summary>
public sealed record ArchivedSeries
{
    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>Its labels.</summary>
    public IReadOnlyDictionary<string, string> Labels { get; init; } = new Dictionary<string, string>();
}

/// <summary>Values of series, in steps.</summary>
public sealed record ArchivedSamples
{
    /// <summary>Start of the first step, UTC.</summary>
    public DateTimeOffset From { get; init; }

    /// <summary>End, UTC, exclusive.</summary>
    public DateTimeOffset To { get; init; }

    /// <summary>Seconds of each step.</summary>
    public double Step { get; init; }

    /// <summary>Whether further series are meant than there are here.</summary>
    public bool More { get; init; }

    /// <summary>The series.</summary>
    public required IReadOnlyList<ArchivedPoints> Series { get; init; }
}

/// <summary>A series and its values; steps without any are left out.</summary>
public sealed record ArchivedPoints
{
    /// <summary>Name of the series.</summary>
    public required string Name { get; init; }

    /// <summary>Its labels.</summary>
    public IReadOnlyDictionary<string, string> Labels { get; init; } = new Dictionary<string, string>();

    /// <summary>Its values, the oldest first.</summary>
    public required IReadOnlyList<ArchivedPoint> Points { get; init; }
}

/// <summary>The values of a step.</summary>
public sealed record ArchivedPoint
{
    /// <summary>Start of the step, UTC.</summary>
    public DateTimeOffset At { get; init; }

    /// <summary>Their mean.</summary>
    public double Avg { get; init; }

    /// <summary>The least; null where the engine does not say.</summary>
    public double? Min { get; init; }

    /// <summary>The greatest; null where the engine does not say.</summary>
    public double? Max { get; init; }
}

/// <summary>An agent: somebody who is heard again and again.</summary>
public sealed record ArchivedAgent
{
    /// <summary>Name of its integration.</summary>
    public required string Source { get; init; }

    /// <summary>Who it is.</summary>
    public IReadOnlyDictionary<string, string> Labels { get; init; } = new Dictionary<string, string>();

    /// <summary>When it was heard first, UTC.</summary>
    public DateTimeOffset FirstHeardAt { get; init; }

    /// <summary>When it was heard last, UTC.</summary>
    public DateTimeOffset LastHeardAt { get; init; }

    /// <summary><c>heard</c>, <c>failing</c> or <c>silent</c>.</summary>
    public required string State { get; init; }

    /// <summary>What it said last besides; null when nothing.</summary>
    public string? Text { get; init; }
}

/// <summary>What a live tail says: a line, or how many were left out because they came too fast.</summary>
public sealed record TailedLine
{
    /// <summary>The line; null when something else is said.</summary>
    public ArchivedLine? Line { get; init; }

    /// <summary>Lines that were left out; null when none were.</summary>
    public long? Missed { get; init; }
}
