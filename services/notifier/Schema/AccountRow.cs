using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.ComponentModel.DataAnnotations.Schema;
using Microsoft.EntityFrameworkCore;
using Sigma.Storage.Schema;

namespace Sigma.Notifier.Schema;

[Table("notifier_accounts")]
[Description("Notifier: the last known names of an account.")]
[PrimaryKey(nameof(Account))]
[Index(nameof(RefreshedAt), Name = "ix_accounts_refreshed")]
internal sealed class AccountRow
{
    [MaxLength(64), ByBytes]
    public required string Account { get; init; }

    [MaxLength(64), ByBytes]
    public string AccountCode { get; set; } = "";

    public long CompanyId { get; set; }

    [MaxLength(255)]
    public string TradeName { get; set; } = "";

    [MaxLength(255)]
    public string? CompanyTradeName { get; set; }

    [MaxLength(255)]
    public string? ClientGroupName { get; set; }

    public DateTimeOffset RefreshedAt { get; set; }
}
