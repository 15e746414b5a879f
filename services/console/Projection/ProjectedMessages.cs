using System.Globalization;
using Sigma.Contracts;
using Sigma.Hosting.Texts;
using Sigma.OperatorConsole.Alerts;
using Sigma.Storage;

namespace Sigma.OperatorConsole.Projection;

/// <summary>What each message about an alert says. Texts that are longer than their column are cut, never refused.</summary>
internal static class ProjectedMessages
{
    const string Raised = "raised", Acknowledged = "acknowledged", Cleared = "cleared";

    public static ProjectedMessage Of(AlertRaised alert, bool shadow = false) => new(
        new AlertFacts(alert.AlertId, alert.Rule, alert.Kind, alert.Severity, alert.Source, alert.Labels, alert.RaisedAt, shadow),
        state => state.Raise(alert, shadow),
        Raise(alert.AlertId, alert.RaisedAt, alert.Summary, alert.Value));

    /// <summary>That it was raised.</summary>
    public static StoredEvent Raise(Guid alert, DateTimeOffset at, string? summary, double? value) =>
        Event(Raised, alert, at, "", null, summary, value);

    public static ProjectedMessage Of(AlertCleared alert, bool shadow = false) => new(
        new AlertFacts(alert.AlertId, alert.Rule, alert.Kind, alert.Severity, alert.Source, alert.Labels, alert.RaisedAt, shadow),
        state => state.Clear(alert),
        Event(Cleared, alert.AlertId, alert.ClearedAt, "", alert.ClosedBy, alert.Comment ?? alert.Reason, alert.Value));

    public static ProjectedMessage Of(AlertAcknowledged alert) => new(
        new AlertFacts(alert.AlertId, alert.Rule, alert.Kind, alert.Severity, alert.Source, alert.Labels, alert.RaisedAt),
        state => state.Acknowledge(alert.AcknowledgedAt, alert.By),
        Event(Acknowledged, alert.AlertId, alert.AcknowledgedAt, "", alert.By, alert.Comment, null));

    public static ProjectedMessage Of(AlertUpdated alert) => new(
        new AlertFacts(alert.AlertId, alert.Rule, alert.Kind, alert.Severity, alert.Source, alert.Labels, alert.RaisedAt),
        state => state.Update(alert),
        Event(alert.Change, alert.AlertId, alert.UpdatedAt, $"{alert.By}\n{alert.Comment}\n{alert.AssignedTo}", alert.By, alert.Comment,
            alert.Change == AlertChange.Measured ? alert.Value : null) with
        {
            AssignedTo = alert.Change == AlertChange.Assigned ? alert.AssignedTo?.Truncate(AlertLimits.Person) : null,
            SnoozedUntil = alert.Change == AlertChange.Snoozed ? alert.SnoozedUntil?.ToUnixTimeMilliseconds() : null,
        });

    // One raise, acknowledgement and clear an alert: whatever is said twice is one event.
    static StoredEvent Event(string what, Guid alert, DateTimeOffset at, string apart, string? by, string? text, double? value) => new(
        what is Raised or Acknowledged or Cleared ? Ids.From(what, $"{alert:N}")
            : Ids.From(what, $"{alert:N}", at.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture), apart),
        alert, at.ToUnixTimeMilliseconds(), what.Truncate(AlertLimits.What), by?.Truncate(AlertLimits.Person), text?.Truncate(AlertLimits.Comment),
        AlertState.Finite(value));
}
