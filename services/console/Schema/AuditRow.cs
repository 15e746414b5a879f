using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.ComponentModel.DataAnnotations.Schema;
using Microsoft.EntityFrameworkCore;
using Sigma.Storage.Schema;

namespace Sigma.OperatorConsole.Schema;

[Table("console_audit")]
[Description("Console: who did what and when, before and after.")]
[PrimaryKey(nameof(Id))]
[Index(nameof(At), nameof(Id), Name = "ix_console_audit_at")]
internal sealed class AuditRow
{
    public long Id { get; init; }

    public DateTimeOffset At { get; init; }

    [MaxLength(100)]
    public required string By { get; init; }

    /// <summary>For example <c>alert.acknowledge</c>, <c>user.change</c>, <c>sign-in.failed</c>.</summary>
    [MaxLength(64)]
    public required string What { get; init; }

    /// <summary>To what: an alert's id, a rule's or a user's name.</summary>
    [MaxLength(255)]
    public string? Subject { get; init; }

    /// <summary>How it was, as JSON, without secrets.</summary>
    [LongText]
    public string? Before { get; init; }

    /// <summary>How it is, as JSON, without secrets.</summary>
    [LongText]
    public string? After { get; init; }

    /// <summary>From which address.</summary>
    [MaxLength(64)]
    public string? Address { get; init; }
}
