using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.ComponentModel.DataAnnotations.Schema;
using Microsoft.EntityFrameworkCore;
using Sigma.Storage.Schema;

namespace Sigma.OperatorConsole.Schema;

[Table("console_users")]
[Description("Console: who may sign in, and what they may do and see.")]
[PrimaryKey(nameof(UserId))]
[Index(nameof(Name), Name = "uq_console_users_name", IsUnique = true)]
internal sealed class UserRow
{
    public Guid UserId { get; init; }

    /// <summary>In small letters.</summary>
    [MaxLength(100), ByBytes]
    public required string Name { get; init; }

    /// <summary>By ASP.NET Core Identity's hasher; null for who signs in elsewhere.</summary>
    [MaxLength(255)]
    public string? PasswordHash { get; set; }

    [MaxLength(16)]
    public required string Role { get; set; }

    /// <summary>As <see cref="Access.LabelLimits"/> writes them; null without limits.</summary>
    [LongText]
    public string? Limits { get; set; }

    public bool MustChangePassword { get; set; }

    public int FailedSignIns { get; set; }

    public DateTimeOffset? LockedUntil { get; set; }

    public bool Disabled { get; set; }

    /// <summary>Is another after each change of the password, the role or the limits: sessions of before are over.</summary>
    public Guid Stamp { get; set; }

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? LastSignInAt { get; set; }
}
