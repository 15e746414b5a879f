using System.Buffers;
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
        // A large list that is thrown away five times a second would have the whole heap cleaned for it.
        var found = ArrayPool<BoardAlert>.Shared.Rent(alerts.Length);
        var length = 0;
        FacetCounts counts = new(board.Texts);
        var unacknowledged = 0;
        BoardAlert? critical = null;
        foreach (var alert in alerts)
        {
            if (!match.StateFits(alert) || !match.IsVisible(alert) || !match.TextFits(alert))
                continue;
            var miss = match.FieldMiss(alert);
            if (miss == BoardMatch.NoMiss)
            {
                found[length++] = alert;
                counts.Add(alert);
                if (alert.View.AcknowledgedAt is null)
                    unacknowledged++;
                if (critical is null && alert.Rank == 0 && alert.View is { AcknowledgedAt: null, ClearedAt: null })
                    critical = alert; // the newest come first
            }
            else if (miss >= 0)
                counts.Add(alert, miss);
        }
        var newestFirst = length == alerts.Length ? alerts : found.AsSpan(0, length).ToArray();
        ArrayPool<BoardAlert>.Shared.Return(found, clearArray: true);
        var rows = BoardOrder.Sort(newestFirst, filter.Sort, board.Texts);
        List<BoardGroup> groups = [];
        if (filter.GroupBy is { } by)
            (rows, groups) = BoardGroups.Of(rows, by, board, match);
        return new BoardResult(board, new BoardRows(rows), groups, counts.Facets(filter, board.Texts, MostFacetValues), unacknowledged,
            critical?.View)
        {
            Severities = Severities(rows), NewestFirst = newestFirst,
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

    public FacetCounts(BoardTexts texts)
    {
        for (var field = 0; field < _counts.Length; field++)
            _counts[field] = new int[texts[field].Count];
        _accounts = new BoardAlert?[_counts[BoardFields.AccountAt].Length];
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
            var (numbers, distinct) = Frequent(_counts[field], most);
            List<FacetValue> shown = [];
            foreach (var number in numbers)
            {
                var value = texts[field][number];
                shown.Add(new(value, Title(field, number, value), _counts[field][number], Contains(chosen, value)));
            }
            shown.Sort((one, other) => one.Count != other.Count ? other.Count.CompareTo(one.Count) : string.CompareOrdinal(one.Value, other.Value));
            foreach (var value in chosen)
                if (!shown.Exists(other => other.Value == value))
                {
                    var number = texts[field].Find(value);
                    var count = number < 0 || number >= _counts[field].Length ? 0 : _counts[field][number];
                    shown.Add(new(value, count > 0 ? Title(field, number, value) : value, count, true));
                }
            facets.Add(new(BoardFields.All[field], shown, distinct));
        }
        return facets;
    }

    /// <summary>The most frequent, and how many there are. By numbers alone: of accounts there may be a hundred thousand.</summary>
    static (int[] Numbers, int Distinct) Frequent(int[] counts, int most)
    {
        List<long> keys = [];
        for (var number = 0; number < counts.Length; number++)
            if (counts[number] > 0)
                keys.Add((long)-counts[number] << 32 | (uint)number);
        keys.Sort();
        var numbers = new int[Math.Min(most, keys.Count)];
        for (var i = 0; i < numbers.Length; i++)
            numbers[i] = (int)(keys[i] & uint.MaxValue);
        return (numbers, keys.Count);
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
