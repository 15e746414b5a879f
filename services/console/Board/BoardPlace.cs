using System.Buffers.Text;
using System.Globalization;
using System.Text;
using Sigma.OperatorConsole.Alerts;

namespace Sigma.OperatorConsole.Board;

/// <summary>The place of an alert in a list, by what the list is in order of: who goes on there misses none, also when that alert has gone.</summary>
internal sealed record BoardPlace(string Text, long RaisedAt, Guid AlertId)
{
    const int Longest = 2000;

    public static BoardPlace Of(AlertView alert, BoardSort sort) => new(BoardOrder.Text(alert, sort), alert.RaisedAt.ToUnixTimeMilliseconds(),
        alert.AlertId);

    /// <summary>Reads what it wrote; null when it did not.</summary>
    public static BoardPlace? Read(string text)
    {
        if (text.Length is 0 or > Longest || !Base64Url.IsValid(text))
            return null;
        var parts = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(text)).Split('\n', 3);
        return parts is [var at, var id, var value] && long.TryParse(at, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var raised)
            && Guid.TryParseExact(id, "N", out var alert) ? new(value, raised, alert) : null;
    }

    /// <summary>Where the rows behind it begin.</summary>
    public int After(IReadOnlyList<AlertView> rows, BoardSort sort)
    {
        var (low, high) = (0, rows.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (IsBehind(rows[middle], sort))
                high = middle;
            else
                low = middle + 1;
        }
        return low;
    }

    public override string ToString() => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(
        string.Create(CultureInfo.InvariantCulture, $"{RaisedAt}\n{AlertId:N}\n{Text}")));

    bool IsBehind(AlertView row, BoardSort sort)
    {
        var order = string.CompareOrdinal(BoardOrder.Text(row, sort), Text);
        if (order != 0)
            return order > 0;
        order = RaisedAt.CompareTo(row.RaisedAt.ToUnixTimeMilliseconds()); // the newest first
        if (order == 0)
            order = row.AlertId.CompareTo(AlertId);
        return sort == BoardSort.Oldest ? order < 0 : order > 0;
    }
}
