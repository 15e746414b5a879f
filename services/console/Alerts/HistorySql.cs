using System.Globalization;
using System.Text;
using Sigma.Hosting.Texts;
using Sigma.OperatorConsole.Access;
using Sigma.Storage;

namespace Sigma.OperatorConsole.Alerts;

/// <summary>
/// A filter of the past, and the limits of who asks, as the condition of a statement. It lets through all that is wanted, and, where a database takes
/// letters for alike that are not, more: <see cref="Fits"/> is exact.
/// </summary>
internal sealed class HistorySql
{
    readonly HistoryFilter _filter;
    readonly LabelLimits _limits;
    readonly IDialect _dialect;
    readonly long _now;

    public HistorySql(HistoryFilter filter, LabelLimits limits, IDialect dialect, DateTimeOffset now)
    {
        (_filter, _limits, _dialect, _now) = (filter, limits, dialect, now.ToUnixTimeMilliseconds());
        From = (filter.From ?? now - HistoryFilter.Usually).ToUnixTimeMilliseconds();
        To = filter.To?.ToUnixTimeMilliseconds() ?? long.MaxValue;
        Where = Condition();
    }

    /// <summary>Raised at this time or later.</summary>
    public long From { get; }

    /// <summary>Raised before this time.</summary>
    public long To { get; }

    /// <summary>All but the time, all values in it as literals; begins with <c>and</c>.</summary>
    public string Where { get; }

    /// <summary>Whether an alert is wanted and may be seen.</summary>
    public bool Fits(AlertView alert)
    {
        if (!alert.IsVisibleTo(_limits))
            return false;
        foreach (var (name, values) in _filter.Fields)
            if (!values.Contains(alert.Field(name) ?? "", StringComparer.Ordinal))
                return false;
        return _filter.AcknowledgedBy is not { } by || alert.AcknowledgedBy == by;
    }

    string Condition()
    {
        StringBuilder where = new();
        where.Append(CultureInfo.InvariantCulture, $" and shadow = {(_filter.Shadow ? 1 : 0)}");
        if (_filter.Acknowledged is { } acknowledged)
            where.Append($" and acknowledged_at is {(acknowledged ? "not " : "")}null");
        if (_filter.AcknowledgedBy is { } by)
            where.Append($" and acknowledged_by = {_dialect.Text(by)}");
        if (_filter.Raised is { } raised)
            where.Append($" and cleared_at is {(raised ? "" : "not ")}null");
        if (_filter.Shortest is { } shortest)
            where.Append(CultureInfo.InvariantCulture, $" and coalesce(cleared_at, {_now}) - raised_at >= {(long)shortest.TotalMilliseconds}");
        if (_filter.Longest is { } longest)
            where.Append(CultureInfo.InvariantCulture, $" and coalesce(cleared_at, {_now}) - raised_at <= {(long)longest.TotalMilliseconds}");
        foreach (var (name, values) in _filter.Fields)
            where.Append(" and ").Append(Any(name, values, isLimit: false));
        foreach (var (name, values) in _limits.Values)
            where.Append(" and ").Append(Any(name, values, isLimit: true));
        if (_filter.Text.Length > 0)
            foreach (var word in _filter.Text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
                where.Append(" and ").Append(Word(word));
        return where.ToString();
    }

    string Any(string name, IReadOnlyList<string> values, bool isLimit)
    {
        var column = isLimit && name is not (LabelLimits.Company or LabelLimits.ClientGroup) ? name == "account" ? "account" : null : Column(name);
        StringBuilder any = new("(1 = 0");
        foreach (var value in values)
        {
            if (column is not null) // an account's label may be longer than its column
                any.Append($" or {column} = {_dialect.Text(column == "account" ? value.Truncate(AlertLimits.Account) : value)}");
            else
                any.Append(" or ").Append(Like("labels", $"{AlertLabels.Inner(Label(name, isLimit))}\":\"{AlertLabels.Inner(value)}\"", "\""));
            if (value.Length == 0 && !isLimit)
                any.Append(column is not null ? $" or {column} is null"
                    : $" or labels not like {Pattern($"\"{AlertLabels.Inner(Label(name, isLimit))}\":")} escape '|'");
        }
        return any.Append(')').ToString();
    }

    static string? Column(string name) => name switch
    {
        "rule" or "kind" or "severity" or "category" or "source" => name,
        "company" or "client_group" or "trade_name" or "account_code" or "account" => name,
        "assigned" => "assigned_to",
        _ => null,
    };

    static string Label(string name, bool isLimit) =>
        !isLimit && name.StartsWith(AlertView.LabelPrefix, StringComparison.Ordinal) ? name[AlertView.LabelPrefix.Length..] : name;

    string Word(string word)
    {
        // SQLite knows small and capital letters of English alone, so others are looked for as typed, small and capital.
        string[] forms = [.. new[] { word, word.ToLowerInvariant(), word.ToUpperInvariant() }.Distinct(StringComparer.Ordinal)];
        StringBuilder any = new("(1 = 0");
        foreach (var form in forms)
        {
            foreach (var column in (string[])["summary", "trade_name", "company", "client_group", "category", "severity"])
                any.Append(" or ").Append(Like(column, form));
            foreach (var column in (string[])["rule", "source", "account_code"]) // compared by their bytes on MySQL
                any.Append(" or ").Append(Like($"lower({column})", form.ToLowerInvariant()));
            any.Append(" or ").Append(Like("lower(labels)", AlertLabels.Inner(form).ToLowerInvariant()));
            any.Append(" or ").Append(Like("labels", AlertLabels.Inner(form)));
        }
        return any.Append(')').ToString();
    }

    string Like(string column, string text, string before = "") => $"{column} like {Pattern(before + text)} escape '|'";

    // A bar escapes: a backslash is one to the text of a literal too, and not in every mode.
    string Pattern(string text) => _dialect.Text($"%{text.Replace("|", "||").Replace("%", "|%").Replace("_", "|_")}%");
}
