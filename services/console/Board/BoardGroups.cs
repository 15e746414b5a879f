using Sigma.OperatorConsole.Alerts;

namespace Sigma.OperatorConsole.Board;

/// <summary>Groups alerts by a field or label: the group with the worst and newest alert first, its alerts in their order.</summary>
internal static class BoardGroups
{
    public static (BoardAlert[] Rows, List<BoardGroup> Groups) Of(BoardAlert[] rows, string by, BoardSnapshot board, BoardMatch match)
    {
        var field = BoardFields.At(by);
        Dictionary<string, Group> found = new(StringComparer.Ordinal);
        var groups = new Group[rows.Length];
        for (var i = 0; i < rows.Length; i++)
        {
            var key = Key(rows[i], by);
            if (!found.TryGetValue(key, out var group))
                found[key] = group = new Group(key, rows[i].View, field == BoardFields.AccountAt);
            group.Add(rows[i]);
            groups[i] = group;
        }
        var hour = RaisesPerHour.Hour(board.At);
        foreach (var raises in board.Raises.Keys)
            if (raises.Latest is { } latest && match.FitsWhateverState(latest) && found.TryGetValue(Key(latest, by), out var group))
                raises.AddTo(group.Hours, hour);

        var ordered = found.Values.ToArray();
        Array.Sort(ordered);
        List<BoardGroup> shown = new(ordered.Length);
        var from = 0;
        foreach (var group in ordered)
        {
            shown.Add(group.Shown(from));
            group.Next = from;
            from += group.Count;
        }
        var sorted = new BoardAlert[rows.Length];
        for (var i = 0; i < rows.Length; i++)
            sorted[groups[i].Next++] = rows[i];
        return (sorted, shown);
    }

    static string Key(BoardAlert alert, string by) => alert.View.Field(by) ?? "";

    sealed class Group(string key, AlertView first, bool isAccount) : IComparable<Group>
    {
        int _rank = int.MaxValue, _unacknowledged;
        string _severity = "", _title = isAccount ? first.TradeName ?? key : key;
        DateTimeOffset _newest = DateTimeOffset.MinValue;

        public int Count { get; private set; }

        public int Next { get; set; }

        public int[] Hours { get; } = new int[RaisesPerHour.Hours];

        public void Add(BoardAlert alert)
        {
            Count++;
            if (alert.View.AcknowledgedAt is null)
                _unacknowledged++;
            if (alert.View.RaisedAt > _newest)
                _newest = alert.View.RaisedAt;
            if (isAccount && alert.View.TradeName is { } name)
                _title = name;
            if (alert.Rank >= _rank)
                return;
            _rank = alert.Rank;
            _severity = alert.View.Severity;
        }

        public int CompareTo(Group? other)
        {
            if (other is null)
                return 1;
            var order = _rank.CompareTo(other._rank);
            if (order == 0)
                order = other._newest.CompareTo(_newest);
            return order != 0 ? order : string.CompareOrdinal(Name, other.Name);
        }

        public BoardGroup Shown(int from) => new(key, _title, from, Count, _unacknowledged, _severity, _newest, Hours);

        string Name => key;
    }
}
