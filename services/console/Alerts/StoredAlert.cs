using System.Text.Json;
using Sigma.Storage;

namespace Sigma.OperatorConsole.Alerts;

/// <summary>A row of <c>console_alerts</c>, as a statement reads it.</summary>
internal sealed class StoredAlert
{
    /// <summary>All columns but those that only one who looks at one alert wants: the annotations, which may be long, and the window.</summary>
    public const string Columns =
        """
        alert_id AlertId, sequence Sequence, rule Rule, kind Kind, severity Severity, category Category, source Source, labels Labels,
          summary Summary, value Value, limit_value LimitValue, unit Unit, event_count EventCount,
          threshold Threshold, url Url, account_code AccountCode, trade_name TradeName,
          company Company, client_group ClientGroup, since Since, raised_at RaisedAt, acknowledged_at AcknowledgedAt,
          acknowledged_by AcknowledgedBy, assigned_to AssignedTo, snoozed Snoozed, snoozed_until SnoozedUntil, cleared_at ClearedAt,
          cleared_reason ClearedReason, closed_by ClosedBy, shadow Shadow
        """;

    public Guid AlertId { get; init; }
    public long Sequence { get; init; }
    public string Rule { get; init; } = "";
    public string Kind { get; init; } = "";
    public string Severity { get; init; } = "";
    public string? Category { get; init; }
    public string Source { get; init; } = "";
    public string Labels { get; init; } = "{}";
    public string? Summary { get; init; }
    public double? Value { get; init; }
    public double? LimitValue { get; init; }
    public string? Unit { get; init; }
    public int? EventCount { get; init; }
    public int? Threshold { get; init; }
    public long? WindowFrom { get; init; }
    public long? WindowTo { get; init; }
    public string? Url { get; init; }
    public string? Annotations { get; init; }
    public string? AccountCode { get; init; }
    public string? TradeName { get; init; }
    public string? Company { get; init; }
    public string? ClientGroup { get; init; }
    public long? Since { get; init; }
    public long RaisedAt { get; init; }
    public long? AcknowledgedAt { get; init; }
    public string? AcknowledgedBy { get; init; }
    public string? AssignedTo { get; init; }
    public bool Snoozed { get; init; }
    public long? SnoozedUntil { get; init; }
    public long? ClearedAt { get; init; }
    public string? ClearedReason { get; init; }
    public string? ClosedBy { get; init; }
    public bool Shadow { get; init; }

    /// <summary>As people see it.</summary>
    public AlertView View() => new()
    {
        AlertId = AlertId, Sequence = Sequence, Rule = Known.Text(Rule), Kind = Known.Text(Kind), Severity = Known.Text(Severity),
        Category = Known.Text(Category), Source = Known.Text(Source), Labels = AlertLabels.Parse(Labels), Summary = Known.Text(Summary),
        Value = Value, Limit = LimitValue, Unit = Known.Text(Unit), Count = EventCount, Threshold = Threshold,
        WindowFrom = WindowFrom?.ToTime(), WindowTo = WindowTo?.ToTime(), Url = Known.Text(Url),
        Annotations = Annotations is null ? null : JsonSerializer.Deserialize<Dictionary<string, string>>(Annotations),
        AccountCode = AccountCode, TradeName = Known.Text(TradeName), Company = Known.Text(Company), ClientGroup = Known.Text(ClientGroup),
        Since = Since?.ToTime(), RaisedAt = RaisedAt.ToTime(), AcknowledgedAt = AcknowledgedAt?.ToTime(),
        AcknowledgedBy = Known.Text(AcknowledgedBy), AssignedTo = Known.Text(AssignedTo), Snoozed = Snoozed,
        SnoozedUntil = SnoozedUntil?.ToTime(), ClearedAt = ClearedAt?.ToTime(), ClearedReason = Known.Text(ClearedReason),
        ClosedBy = Known.Text(ClosedBy), Shadow = Shadow,
    };
}
