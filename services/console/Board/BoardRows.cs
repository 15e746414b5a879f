using System.Collections;
using Sigma.OperatorConsole.Alerts;

namespace Sigma.OperatorConsole.Board;

/// <summary>The alerts of a result as everybody sees them, without a list of their own.</summary>
internal sealed class BoardRows(BoardAlert[] alerts) : IReadOnlyList<AlertView>
{
    public int Count => alerts.Length;

    public AlertView this[int index] => alerts[index].View;

    public IEnumerator<AlertView> GetEnumerator() => alerts.Select(alert => alert.View).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
