using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.ComponentModel.DataAnnotations.Schema;
using Microsoft.EntityFrameworkCore;
using Sigma.Storage.Schema;

namespace Sigma.OperatorConsole.Schema;

[Table("console_keys")]
[Description("Console: keys by which cookies are signed and encrypted, the same for all consoles.")]
[PrimaryKey(nameof(Name))]
internal sealed class KeyRow
{
    [MaxLength(100), ByBytes]
    public required string Name { get; init; }

    [LongText]
    public required string Xml { get; init; }

    public DateTimeOffset CreatedAt { get; init; }
}
