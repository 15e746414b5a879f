using System.Text.Json;
using Sigma.Contracts;
using Sigma.Hosting.Texts;
using Sigma.OperatorConsole.Alerts;
using Sigma.Storage;

namespace Sigma.OperatorConsole.Projection;

/// <summary>
/// A row of <c>console_alerts</c> while messages are put into it. Whatever order they come in, and however often, the row in the end is the same:
/// of what changes the newest <c>AlertUpdated</c> counts, else the raise, else the clear.
/// </summary>
internal sealed record AlertState
{
    public const string Columns =
        """
        alert_id AlertId, sequence Sequence, rule Rule, kind Kind, severity Severity, category Category, source Source, labels Labels,
          summary Summary, value Value, limit_value LimitValue, unit Unit, event_count EventCount,
          threshold Threshold, window_from WindowFrom, window_to WindowTo, url Url, annotations Annotations, account Account,
          account_code AccountCode, trade_name TradeName, company Company, client_group ClientGroup, names_due_at NamesDueAt, since Since,
          raised_at RaisedAt, acknowledged_at AcknowledgedAt, acknowledged_by AcknowledgedBy, assigned_to AssignedTo, snoozed Snoozed,
          snoozed_until SnoozedUntil, updated_at UpdatedAt, cleared_at ClearedAt, cleared_reason ClearedReason, closed_by ClosedBy, shadow Shadow
        """;

    public Guid AlertId { get; init; }
    public long Sequence { get; set; }
    public string Rule { get; init; } = "";
    public string Kind { get; init; } = "";
    public string Severity { get; set; } = "";
    public string? Category { get; set; }
    public string Source { get; init; } = "";
    public string Labels { get; init; } = "{}";
    public string? Summary { get; set; }
    public double? Value { get; set; }
    public double? LimitValue { get; set; }
    public string? Unit { get; set; }
    public int? EventCount { get; set; }
    public int? Threshold { get; set; }
    public long? WindowFrom { get; set; }
    public long? WindowTo { get; set; }
    public string? Url { get; set; }
    public string? Annotations { get; set; }
    public string? Account { get; init; }
    public string? AccountCode { get; set; }
    public string? TradeName { get; set; }
    public string? Company { get; set; }
    public string? ClientGroup { get; set; }
    public long? NamesDueAt { get; set; }
    public long? Since { get; set; }
    public long RaisedAt { get; init; }
    public long? AcknowledgedAt { get; set; }
    public string? AcknowledgedBy { get; set; }
    public string? AssignedTo { get; set; }
    public bool Snoozed { get; set; }
    public long? SnoozedUntil { get; set; }
    public long? UpdatedAt { get; set; }
    public long? ClearedAt { get; set; }
    public string? ClearedReason { get; set; }
    public string? ClosedBy { get; set; }
    public bool Shadow { get; set; }

    /// <summary>A new row, of what all messages say.</summary>
    public static AlertState Of(AlertFacts facts, long now)
    {
        var account = facts.Labels.GetValueOrDefault("account");
        return new()
        {
            AlertId = facts.AlertId, Rule = facts.Rule.Truncate(AlertLimits.Rule), Kind = facts.Kind.Truncate(AlertLimits.Kind),
            Severity = facts.Severity.Truncate(AlertLimits.Severity), Source = facts.Source.Truncate(AlertLimits.Source),
            Labels = AlertLabels.Write(facts.Labels, AlertLimits.Labels), RaisedAt = facts.RaisedAt.ToUnixTimeMilliseconds(),
            Account = account?.Truncate(AlertLimits.Account), NamesDueAt = string.IsNullOrEmpty(account) ? null : now, Shadow = facts.Shadow,
        };
    }

    public void Raise(AlertRaised alert, bool shadow)
    {
        Category = alert.Category?.Truncate(AlertLimits.Category) ?? Category;
        Unit = alert.Unit?.Truncate(AlertLimits.Unit) ?? Unit;
        Url = alert.Url?.Truncate(AlertLimits.Url) ?? Url;
        Annotations = Json(alert.Annotations) ?? Annotations;
        Since = alert.Since?.ToUnixTimeMilliseconds();
        EventCount = alert.Count;
        Threshold = alert.Threshold;
        WindowFrom = alert.WindowFrom?.ToUnixTimeMilliseconds();
        WindowTo = alert.WindowTo?.ToUnixTimeMilliseconds();
        Shadow = shadow;
        if (UpdatedAt is not null)
            return;
        Severity = alert.Severity.Truncate(AlertLimits.Severity);
        Summary = alert.Summary?.Truncate(AlertLimits.Summary) ?? Summary;
        Value = Finite(alert.Value);
        LimitValue = Finite(alert.Limit) ?? LimitValue;
    }

    public void Clear(AlertCleared alert)
    {
        Category ??= alert.Category?.Truncate(AlertLimits.Category);
        Unit ??= alert.Unit?.Truncate(AlertLimits.Unit);
        Url ??= alert.Url?.Truncate(AlertLimits.Url);
        Annotations ??= Json(alert.Annotations);
        if (UpdatedAt is null)
        {
            Summary ??= alert.Summary?.Truncate(AlertLimits.Summary);
            LimitValue ??= Finite(alert.Limit);
        }
        var at = alert.ClearedAt.ToUnixTimeMilliseconds();
        if (ClearedAt is { } earlier && earlier <= at && ClearedReason != Rebuild.NotRaised)
            return;
        ClearedAt = at;
        ClearedReason = alert.Reason.Truncate(AlertLimits.Reason);
        ClosedBy = alert.ClosedBy?.Truncate(AlertLimits.Person);
    }

    public void Acknowledge(DateTimeOffset time, string by)
    {
        var at = time.ToUnixTimeMilliseconds();
        if (AcknowledgedAt is { } earlier && earlier <= at)
            return;
        AcknowledgedAt = at;
        AcknowledgedBy = by.Truncate(AlertLimits.Person);
    }

    public void Update(AlertUpdated alert)
    {
        var at = alert.UpdatedAt.ToUnixTimeMilliseconds();
        if (UpdatedAt is { } later && later > at)
            return;
        UpdatedAt = at;
        Severity = alert.Severity.Truncate(AlertLimits.Severity);
        Summary = alert.Summary?.Truncate(AlertLimits.Summary);
        Value = Finite(alert.Value);
        LimitValue = Finite(alert.Limit);
        AssignedTo = alert.AssignedTo?.Truncate(AlertLimits.Person);
        Snoozed = alert.Snoozed;
        SnoozedUntil = alert.SnoozedUntil?.ToUnixTimeMilliseconds();
    }

    public static double? Finite(double? value) => value is { } number && double.IsFinite(number) ? number : null;

    public static string? Json(IReadOnlyDictionary<string, string>? annotations)
    {
        if (annotations is null or { Count: 0 })
            return null;
        var text = JsonSerializer.Serialize(annotations);
        if (text.Length <= AlertLimits.Annotations)
            return text;
        // The longest go first, whole: half of a text would be another one.
        Dictionary<string, string> kept = new(annotations, StringComparer.Ordinal);
        while (text.Length > AlertLimits.Annotations)
        {
            kept.Remove(kept.MaxBy(annotation => annotation.Key.Length + annotation.Value.Length).Key);
            text = JsonSerializer.Serialize(kept);
        }
        return text;
    }
}

/// <summary>What every message about an alert says of it.</summary>
internal sealed record AlertFacts(Guid AlertId, string Rule, string Kind, string Severity, string Source, IReadOnlyDictionary<string, string> Labels,
    DateTimeOffset RaisedAt, bool Shadow = false);

/// <summary>What happened, as it is written into <c>console_alert_events</c>; the id follows from the message.</summary>
internal sealed record StoredEvent(Guid EventId, Guid AlertId, long At, string What, string? By, string? Text, double? Value)
{
    public string? AssignedTo { get; init; }

    public long? SnoozedUntil { get; init; }
}

/// <summary>A message, as it is put into the tables.</summary>
/// <param name="Facts">What it says of its alert.</param>
/// <param name="Apply">Puts it into the alert's row.</param>
/// <param name="Event">What is written down beside it; null for nothing.</param>
internal sealed record ProjectedMessage(AlertFacts Facts, Action<AlertState> Apply, StoredEvent? Event)
{
    public Guid AlertId => Facts.AlertId;
}
