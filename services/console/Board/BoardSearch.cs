using Sigma.OperatorConsole.Access;
using Sigma.OperatorConsole.Alerts;

namespace Sigma.OperatorConsole.Board;

/// <summary>Finds what a filter wants in a state of the board. Plain loops: a hundred thousand alerts are looked at in some milliseconds.</summary>
internal static class BoardSearch
{
    // A field with more values is searched, not read.
    const int MostFacetValues = 100;

    public static BoardResult Find(BoardSnapshot board, BoardFilter filter, LabelLimits limits)
    {
        BoardMatch match = new(filter, limits, board.Texts);
        var alerts = board.Alerts;
        List<BoardAlert> found = new(Math.Min(alerts.Length, 1024));
        FacetCounts counts = new(board.Texts.Count);
        var unacknowledged = 0;
        BoardAlert? critical = null;
        foreach (var alert in alerts)
        {
            if (!match.StateFits(alert) || !match.IsVisible(alert) || !match.TextFits(alert))
                continue;
            var miss = match.FieldMiss(alert);
            if (miss == BoardMatch.NoMiss)
            {
                found.Add(alert);
                counts.Add(alert);
                if (alert.View.AcknowledgedAt is null)
                    unacknowledged++;
                if (critical is null && alert.Rank == 0 && alert.View is { AcknowledgedAt: null, ClearedAt: null })
                    critical = alert; // the newest come first
            }
            else if (miss >= 0)
                counts.Add(alert, miss);
        }
        var rows = BoardOrder.Sort(found, filter.Sort, board.Texts);
        List<BoardGroup> groups = [];
        if (filter.GroupBy is { } by)
            (rows, groups) = BoardGroups.Of(rows, by, board, match);
        var views = new AlertView[rows.Length];
        for (var i = 0; i < views.Length; i++)
            views[i] = rows[i].View;
        return new BoardResult(board, views, groups, counts.Facets(filter, board.Texts, MostFacetValues), unacknowledged, critical?.View)
        {
            Severities = Severities(rows),
        };
    }

    static List<FacetValue> Severities(BoardAlert[] rows)
    {
        Dictionary<string, int> counts = new(StringComparer.Ordinal);
        foreach (var row in rows)
            if (row.View.ClearedAt is null)
                counts[row.View.Severity] = counts.GetValueOrDefault(row.View.Severity) + 1;
        return [.. counts.OrderBy(count => SeverityOrder.Rank(count.Key)).ThenBy(count => count.Key, StringComparer.Ordinal)
            .Select(count => new FacetValue(count.Key, count.Key, count.Value, false))];
    }
}

/// <summary>Counts of alerts by field and value.</summary>
internal sealed class FacetCounts
{
    readonly int[][] _counts = new int[BoardFields.Count][];
    readonly BoardAlert?[] _accounts; // one that has the account, for its name

    public FacetCounts(int texts)
    {
        for (var field = 0; field < _counts.Length; field++)
            _counts[field] = new int[texts];
        _accounts = new BoardAlert?[texts];
    }

    public void Add(BoardAlert alert)
    {
        for (var field = 0; field < BoardFields.Count; field++)
            _counts[field][alert.Numbers[field]]++;
        _accounts[alert.Numbers[BoardFields.AccountAt]] = alert;
    }

    public void Add(BoardAlert alert, int field)
    {
        _counts[field][alert.Numbers[field]]++;
        if (field == BoardFields.AccountAt)
            _accounts[alert.Numbers[field]] = alert;
    }

    public List<Facet> Facets(BoardFilter filter, BoardTexts texts, int most)
    {
        List<Facet> facets = new(BoardFields.Count);
        for (var field = 0; field < BoardFields.Count; field++)
        {
            var chosen = filter.Fields.GetValueOrDefault(BoardFields.All[field]) ?? [];
            List<(int Number, int Count)> values = [];
            for (var number = 0; number < _counts[field].Length; number++)
                if (_counts[field][number] > 0)
                    values.Add((number, _counts[field][number]));
            var distinct = values.Count;
            values.Sort((one, other) => other.Count != one.Count ? other.Count.CompareTo(one.Count)
                : string.CompareOrdinal(texts[one.Number], texts[other.Number]));
            List<FacetValue> shown = [];
            foreach (var (number, count) in values)
            {
                var value = texts[number];
                var isChosen = Contains(chosen, value);
                if (shown.Count < most || isChosen)
                    shown.Add(new(value, Title(field, number, value), count, isChosen));
            }
            foreach (var value in chosen)
                if (!shown.Exists(other => other.Value == value))
                    shown.Add(new(value, value, 0, true));
            facets.Add(new(BoardFields.All[field], shown, distinct));
        }
        return facets;
    }

    string Title(int field, int number, string value) =>
        field == BoardFields.AccountAt && _accounts[number]?.View.TradeName is { } name ? name : value;

    static bool Contains(IReadOnlyList<string> values, string value)
    {
        for (var i = 0; i < values.Count; i++)
            if (values[i] == value)
                return true;
        return false;
    }
}
