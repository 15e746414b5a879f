using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.ComponentModel.DataAnnotations.Schema;
using Microsoft.EntityFrameworkCore;
using Sigma.Storage.Schema;

namespace Sigma.OperatorConsole.Schema;

[Table("console_tokens")]
[Description("Console: by what programs are let in. The tokens themselves are kept nowhere.")]
[PrimaryKey(nameof(TokenId))]
[Index(nameof(Hash), Name = "uq_console_tokens_hash", IsUnique = true)]
internal sealed class TokenRow
{
    public Guid TokenId { get; init; }

    [MaxLength(100), ByBytes]
    public required string Name { get; init; }

    /// <summary>SHA-256 of the token, in hexadecimal.</summary>
    [MaxLength(64), ByBytes]
    public required string Hash { get; init; }

    [MaxLength(16)]
    public required string Role { get; init; }

    [LongText]
    public string? Limits { get; init; }

    [MaxLength(100)]
    public required string CreatedBy { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset ExpiresAt { get; init; }

    public DateTimeOffset? LastUsedAt { get; set; }

    public DateTimeOffset? RevokedAt { get; set; }

    [MaxLength(100)]
    public string? RevokedBy { get; set; }
}
