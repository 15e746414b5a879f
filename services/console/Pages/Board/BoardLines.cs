using Sigma.OperatorConsole.Alerts;
using Sigma.OperatorConsole.Board;

namespace Sigma.OperatorConsole.Pages.Board;

/// <summary>A line of the board: the heading of a group, or an alert.</summary>
internal readonly record struct BoardLine(BoardGroup? Group, AlertView? Alert, RowTelling? Telling = null);

/// <summary>What a result looks like line by line, without the rows of groups that are folded.</summary>
internal sealed class BoardLines
{
    readonly BoardResult _result;
    readonly IReadOnlySet<string> _folded;
    readonly int[] _starts = []; // the line of each group's heading

    public BoardLines(BoardResult result, IReadOnlySet<string> folded)
    {
        _result = result;
        _folded = folded;
        Count = result.Rows.Count;
        if (result.Groups.Count == 0)
            return;
        _starts = new int[result.Groups.Count];
        Count = 0;
        for (var i = 0; i < _starts.Length; i++)
        {
            _starts[i] = Count;
            Count += 1 + (folded.Contains(result.Groups[i].Key) ? 0 : result.Groups[i].Count);
        }
    }

    public BoardResult Result => _result;

    public int Count { get; }

    public BoardLine this[int line]
    {
        get
        {
            if (_starts.Length == 0)
                return new(null, _result.Rows[line]);
            var at = Array.BinarySearch(_starts, line);
            var group = _result.Groups[at >= 0 ? at : ~at - 1];
            return at >= 0 ? new(group, null) : new(null, _result.Rows[group.From + line - _starts[~at - 1] - 1]);
        }
    }

    public bool IsFolded(BoardGroup group) => _folded.Contains(group.Key);
}
