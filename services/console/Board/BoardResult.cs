using Sigma.OperatorConsole.Alerts;

namespace Sigma.OperatorConsole.Board;

/// <summary>What a filter finds of a state of the board, for everybody who looks with the same filter and sees as much.</summary>
/// <param name="Snapshot">The state it was found in.</param>
/// <param name="Rows">The alerts in their order; grouped, one group after the other.</param>
/// <param name="Groups">The groups in their order; empty when nothing is grouped.</param>
/// <param name="Facets">How many there are by each field and value: of the field itself those too that its own values leave out.</param>
/// <param name="Unacknowledged">How many of the rows nobody has taken on.</param>
/// <param name="NewestCritical">The newest one that is critical, raised and not acknowledged: a new one sounds. Null when there is none.</param>
public sealed record BoardResult(BoardSnapshot Snapshot, IReadOnlyList<AlertView> Rows, IReadOnlyList<BoardGroup> Groups,
    IReadOnlyList<Facet> Facets, int Unacknowledged, AlertView? NewestCritical)
{
    /// <summary>How many alerts there are by severity, the worst first; those that are cleared and stay are not among them.</summary>
    public IReadOnlyList<FacetValue> Severities { get; init; } = [];

    /// <summary>When the newest was raised, UTC; the beginning of time when there is none.</summary>
    public DateTimeOffset NewestAt => NewestFirst.Length == 0 ? DateTimeOffset.MinValue : NewestFirst[0].View.RaisedAt;

    internal BoardAlert[] NewestFirst { get; init; } = [];

    /// <summary>Those raised after a time, the newest first. As many are looked at as there are.</summary>
    public IEnumerable<AlertView> RaisedAfter(DateTimeOffset time) =>
        NewestFirst.Select(alert => alert.View).TakeWhile(alert => alert.RaisedAt > time);
}

/// <summary>Alerts with the same value of a field or label.</summary>
/// <param name="Key">The value; empty for those without.</param>
/// <param name="Title">What people call it: an account by its name.</param>
/// <param name="From">Where its rows begin.</param>
/// <param name="Count">How many rows it has.</param>
/// <param name="Unacknowledged">How many of them nobody has taken on.</param>
/// <param name="Severity">The worst of their severities.</param>
/// <param name="NewestAt">When the newest was raised.</param>
/// <param name="Hours">How many were raised in each of the last 24 hours of the clock, over or not; the hour that lasts is the last one.</param>
public sealed record BoardGroup(string Key, string Title, int From, int Count, int Unacknowledged, string Severity, DateTimeOffset NewestAt,
    IReadOnlyList<int> Hours);

/// <summary>A field, and how many alerts have each of its values.</summary>
/// <param name="Name">The field's.</param>
/// <param name="Values">Its values, the most frequent first, those that are chosen always; not all where there are many.</param>
/// <param name="Distinct">How many values there are.</param>
public sealed record Facet(string Name, IReadOnlyList<FacetValue> Values, int Distinct);

/// <summary>A value, and how many alerts have it.</summary>
/// <param name="Value">The value; empty for none.</param>
/// <param name="Title">What people call it.</param>
/// <param name="Count">How many have it.</param>
/// <param name="Chosen">Whether the filter names it.</param>
public sealed record FacetValue(string Value, string Title, int Count, bool Chosen);
