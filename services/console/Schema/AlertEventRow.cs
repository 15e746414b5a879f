using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.ComponentModel.DataAnnotations.Schema;
using Microsoft.EntityFrameworkCore;
using Sigma.Storage.Schema;

namespace Sigma.OperatorConsole.Schema;

[Table("console_alert_events")]
[Description("Console: what happened to an alert, message by message.")]
[PrimaryKey(nameof(EventId))]
[Index(nameof(AlertId), nameof(At), Name = "ix_console_alert_events_alert")]
internal sealed class AlertEventRow
{
    /// <summary>Made from the message: one that comes again is the same.</summary>
    public Guid EventId { get; init; }

    public Guid AlertId { get; init; }

    public DateTimeOffset At { get; init; }

    /// <summary><c>raised</c>, <c>acknowledged</c>, <c>cleared</c>, or a value of <c>AlertChange</c>.</summary>
    [MaxLength(32)]
    public required string What { get; init; }

    [MaxLength(100)]
    public string? By { get; init; }

    [MaxLength(1000)]
    public string? Text { get; init; }

    public double? Value { get; init; }

    /// <summary>Whose task it is since; null when nobody's, or when nothing is said of that.</summary>
    [MaxLength(100)]
    public string? AssignedTo { get; init; }

    /// <summary>Until when it is snoozed since; null when it is not, or until it is cleared.</summary>
    public DateTimeOffset? SnoozedUntil { get; init; }
}
