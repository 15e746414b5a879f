using System.Runtime.CompilerServices;
using System.Text;
using Sigma.OperatorConsole.Alerts;

namespace Sigma.OperatorConsole.Board;

/// <summary>An alert in memory, with all that a filter looks at prepared.</summary>
internal sealed class BoardAlert
{
    public BoardAlert(AlertView view, BoardTexts texts)
    {
        View = view;
        Rank = SeverityOrder.Rank(view.Severity);
        Search = Encoding.UTF8.GetBytes(SearchText.Of(view));
        for (var field = 0; field < BoardFields.Count; field++)
            Numbers[field] = texts[field].Number(BoardFields.Of(view, field));
    }

    public AlertView View { get; }

    /// <summary>0 is the worst.</summary>
    public int Rank { get; }

    /// <summary>All that is searched, in small letters without accents, in UTF-8: half as large as letters in memory.</summary>
    public byte[] Search { get; }

    public FieldNumbers Numbers;

    /// <summary>Whether it stays on a board that keeps what nobody has acknowledged.</summary>
    public bool Stays => View.AcknowledgedAt is null && !View.Shadow
        && (View.Severity.Equals("critical", StringComparison.OrdinalIgnoreCase) || View.Severity.Equals("high", StringComparison.OrdinalIgnoreCase));

    /// <summary>The newest first; those of the same moment by their ids.</summary>
    public static int Compare(BoardAlert one, BoardAlert other) => Compare(one.View, other.View);

    public static int Compare(AlertView one, AlertView other)
    {
        var order = other.RaisedAt.CompareTo(one.RaisedAt);
        return order != 0 ? order : one.AlertId.CompareTo(other.AlertId);
    }

    /// <summary>The numbers of the values of all fields that are counted.</summary>
    [InlineArray(BoardFields.Count)]
    internal struct FieldNumbers
    {
        int _first;
    }
}
