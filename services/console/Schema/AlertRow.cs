using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.ComponentModel.DataAnnotations.Schema;
using Microsoft.EntityFrameworkCore;
using Sigma.Storage.Schema;

namespace Sigma.OperatorConsole.Schema;

[Table("console_alerts")]
[Description("Console: one row per alert that was ever raised, as far as the console was told.")]
[PrimaryKey(nameof(AlertId))]
[Index(nameof(Sequence), Name = "ix_console_alerts_sequence")]
[Index(nameof(RaisedAt), nameof(AlertId), Name = "ix_console_alerts_raised")]
[Index(nameof(ClearedAt), nameof(AlertId), Name = "ix_console_alerts_cleared")]
[Index(nameof(Account), nameof(RaisedAt), Name = "ix_console_alerts_account")]
[Index(nameof(Rule), nameof(RaisedAt), Name = "ix_console_alerts_rule")]
[Index(nameof(NamesDueAt), Name = "ix_console_alerts_names")]
internal sealed class AlertRow
{
    public Guid AlertId { get; init; }

    /// <summary>Grows with every change of any row, in the order of the commits: who has read up to one has missed nothing before it.</summary>
    public long Sequence { get; init; }

    [MaxLength(100), ByBytes]
    public required string Rule { get; init; }

    [MaxLength(16), ByBytes]
    public required string Kind { get; init; }

    [MaxLength(32)]
    public required string Severity { get; init; }

    [MaxLength(32)]
    public string? Category { get; init; }

    [MaxLength(64), ByBytes]
    public required string Source { get; init; }

    [ByBytes]
    public required Dictionary<string, string> Labels { get; init; }

    [MaxLength(500)]
    public string? Summary { get; init; }

    public double? Value { get; init; }

    public double? LimitValue { get; init; }

    [MaxLength(16)]
    public string? Unit { get; init; }

    [MaxLength(2000)]
    public string? Url { get; init; }

    [LongText("mediumtext")]
    public string? Annotations { get; init; }

    /// <summary>The label <c>account</c>; null where there is none.</summary>
    [MaxLength(64), ByBytes]
    public string? Account { get; init; }

    /// <summary>The code by which people know the account; null while it is not known.</summary>
    [MaxLength(64), ByBytes]
    public string? AccountCode { get; init; }

    [MaxLength(255)]
    public string? TradeName { get; init; }

    [MaxLength(255)]
    public string? Company { get; init; }

    [MaxLength(255)]
    public string? ClientGroup { get; init; }

    /// <summary>When the notifier is asked for the names again; null when they are known or there is no account.</summary>
    public DateTimeOffset? NamesDueAt { get; init; }

    public DateTimeOffset? Since { get; init; }

    public DateTimeOffset RaisedAt { get; init; }

    public DateTimeOffset? AcknowledgedAt { get; init; }

    [MaxLength(100)]
    public string? AcknowledgedBy { get; init; }

    [MaxLength(100)]
    public string? AssignedTo { get; init; }

    public bool Snoozed { get; init; }

    public DateTimeOffset? SnoozedUntil { get; init; }

    /// <summary>Of the newest <c>AlertUpdated</c> that is in this row: an older one changes nothing.</summary>
    public DateTimeOffset? UpdatedAt { get; init; }

    public DateTimeOffset? ClearedAt { get; init; }

    [MaxLength(32)]
    public string? ClearedReason { get; init; }

    [MaxLength(100)]
    public string? ClosedBy { get; init; }

    /// <summary>Its rule is tried out: nobody was told.</summary>
    public bool Shadow { get; init; }

    /// <summary>Events in the window that raised it; null where none are counted.</summary>
    public int? EventCount { get; init; }

    public int? Threshold { get; init; }

    public DateTimeOffset? WindowFrom { get; init; }

    public DateTimeOffset? WindowTo { get; init; }
}
