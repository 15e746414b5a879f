using System.Globalization;

namespace Sigma.OperatorConsole.Alerts;

/// <summary>The columns of the file of the past.</summary>
internal static class HistoryCsv
{
    public static IReadOnlyList<CsvCell> Header { get; } =
    [
        .. new[]
        {
            "alert_id", "severity", "rule", "kind", "category", "source", "account", "account_code", "trade_name", "company", "client_group",
            "summary", "value", "limit", "unit", "since", "raised_at", "acknowledged_at", "acknowledged_by", "assigned_to", "cleared_at",
            "cleared_reason", "closed_by", "seconds", "labels", "url", "count", "threshold",
        }.Select(CsvCell.Of),
    ];

    public static IReadOnlyList<CsvCell> Row(AlertView alert, DateTimeOffset now) =>
    [
        CsvCell.Of(alert.AlertId.ToString()), alert.Severity, alert.Rule, alert.Kind, alert.Category, alert.Source,
        alert.Labels.GetValueOrDefault("account"), alert.AccountCode, alert.TradeName, alert.Company, alert.ClientGroup, alert.Summary,
        Number(alert.Value), Number(alert.Limit), alert.Unit, Time(alert.Since), Time(alert.RaisedAt), Time(alert.AcknowledgedAt),
        alert.AcknowledgedBy, alert.AssignedTo, Time(alert.ClearedAt), alert.ClearedReason, alert.ClosedBy,
        CsvCell.Of(((long)((alert.ClearedAt ?? now) - alert.RaisedAt).TotalSeconds).ToString(CultureInfo.InvariantCulture)),
        string.Join(", ", alert.Labels.Select(label => $"{label.Key}={label.Value}")), alert.Url,
        Number(alert.Count), Number(alert.Threshold),
    ];

    static CsvCell Number(double? number) => CsvCell.Of(number?.ToString(CultureInfo.InvariantCulture));

    static CsvCell Time(DateTimeOffset? time) => CsvCell.Of(time?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture));
}
