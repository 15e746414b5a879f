using System.Text.Json.Nodes;

namespace Sigma.OperatorConsole.Api.SimpleJson;

/// <summary>That somebody is there.</summary>
internal sealed record GrafanaGreeting(string Name);

/// <summary>Either the points of a series, or a table.</summary>
internal sealed record GrafanaAnswer
{
    /// <summary>What the series is called; null for a table.</summary>
    public string? Target { get; init; }

    /// <summary>Pairs of a value and its time in milliseconds since 1970, the oldest first; null for a table.</summary>
    public IReadOnlyList<IReadOnlyList<double>>? Datapoints { get; init; }

    /// <summary><c>table</c>; null for a series.</summary>
    public string? Type { get; init; }

    /// <summary>The columns; null for a series.</summary>
    public IReadOnlyList<GrafanaColumn>? Columns { get; init; }

    /// <summary>The cells, row by row; null for a series.</summary>
    public IReadOnlyList<IReadOnlyList<JsonNode?>>? Rows { get; init; }
}

/// <summary>A column of a table.</summary>
/// <param name="Text">Its head.</param>
/// <param name="Type"><c>time</c>, in milliseconds since 1970, <c>string</c> or <c>number</c>.</param>
internal sealed record GrafanaColumn(string Text, string Type);

/// <summary>An alert as a stretch of time that is marked.</summary>
/// <param name="Time">When it was raised, in milliseconds since 1970.</param>
/// <param name="TimeEnd">When it was over; now, while it is not.</param>
/// <param name="IsRegion">Always.</param>
/// <param name="Title">The rule.</param>
/// <param name="Text">What it says.</param>
/// <param name="Tags">Its severity, its source and its labels.</param>
internal sealed record GrafanaRegion(long Time, long TimeEnd, bool IsRegion, string Title, string Text, IReadOnlyList<string> Tags);

/// <summary>A label or field that can be filtered by.</summary>
/// <param name="Type">Always <c>string</c>.</param>
/// <param name="Text">Its name.</param>
internal sealed record GrafanaTagKey(string Type, string Text);

/// <summary>A value of a label or field.</summary>
internal sealed record GrafanaTagValue(string Text);
