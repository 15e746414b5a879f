using Sigma.OperatorConsole.Alerts;

namespace Sigma.OperatorConsole.Board;

/// <summary>Puts alerts in order. They come with the newest first, so that only what differs is sorted, by numbers.</summary>
internal static class BoardOrder
{
    /// <summary>Another array, unless they are in order already.</summary>
    public static BoardAlert[] Sort(BoardAlert[] newestFirst, BoardSort sort, BoardTexts texts)
    {
        if (sort == BoardSort.Newest)
            return newestFirst;
        BoardAlert[] alerts = [.. newestFirst];
        switch (sort)
        {
            case BoardSort.Oldest:
                Array.Reverse(alerts);
                return alerts;
            case BoardSort.Severity:
                return By(alerts, alert => alert.Rank);
            case BoardSort.Account:
                return ByText(alerts, AccountName);
            default:
                var field = Field(sort);
                return ByNumber(alerts, field, texts);
        }
    }

    /// <summary>By what alerts are in order before their time counts; the API says it to go on behind one.</summary>
    public static string Text(AlertView alert, BoardSort sort) => sort switch
    {
        BoardSort.Severity => ((char)('0' + SeverityOrder.Rank(alert.Severity))).ToString(),
        BoardSort.Account => AccountName(alert),
        BoardSort.Newest or BoardSort.Oldest => "",
        _ => BoardFields.Of(alert, Field(sort)),
    };

    static int Field(BoardSort sort) => sort switch
    {
        BoardSort.Company => BoardFields.Company,
        BoardSort.Rule => BoardFields.Rule,
        _ => BoardFields.Source,
    };

    static string AccountName(BoardAlert alert) => AccountName(alert.View);

    static string AccountName(AlertView alert) => alert.TradeName ?? alert.Labels.GetValueOrDefault(BoardFields.Account) ?? "";

    static BoardAlert[] ByNumber(BoardAlert[] alerts, int field, BoardTexts texts)
    {
        Dictionary<int, int> ranks = [];
        foreach (var alert in alerts)
            ranks.TryAdd(alert.Numbers[field], 0);
        var numbers = ranks.Keys.ToArray();
        Array.Sort(Array.ConvertAll(numbers, number => texts[field][number]), numbers, StringComparer.Ordinal);
        for (var rank = 0; rank < numbers.Length; rank++)
            ranks[numbers[rank]] = rank;
        return By(alerts, alert => ranks[alert.Numbers[field]]);
    }

    static BoardAlert[] ByText(BoardAlert[] alerts, Func<BoardAlert, string> text)
    {
        Dictionary<string, int> ranks = new(StringComparer.Ordinal);
        foreach (var alert in alerts)
            ranks.TryAdd(text(alert), 0);
        var texts = ranks.Keys.ToArray();
        Array.Sort(texts, StringComparer.Ordinal);
        for (var rank = 0; rank < texts.Length; rank++)
            ranks[texts[rank]] = rank;
        return By(alerts, alert => ranks[text(alert)]);
    }

    // The place among those that came is the rest of the key: what is alike stays in its order.
    static BoardAlert[] By(BoardAlert[] alerts, Func<BoardAlert, int> rank)
    {
        var keys = new long[alerts.Length];
        for (var i = 0; i < alerts.Length; i++)
            keys[i] = (long)rank(alerts[i]) << 32 | (uint)i;
        Array.Sort(keys, alerts);
        return alerts;
    }
}
