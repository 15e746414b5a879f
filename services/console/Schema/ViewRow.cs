using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.ComponentModel.DataAnnotations.Schema;
using Microsoft.EntityFrameworkCore;
using Sigma.Storage.Schema;

namespace Sigma.OperatorConsole.Schema;

[Table("console_views")]
[Description("Console: what people look at again and again.")]
[PrimaryKey(nameof(ViewId))]
[Index(nameof(Owner), nameof(Name), Name = "uq_console_views_name", IsUnique = true)]
internal sealed class ViewRow
{
    public Guid ViewId { get; init; }

    [MaxLength(100), ByBytes]
    public required string Owner { get; init; }

    [MaxLength(100), ByBytes]
    public required string Name { get; init; }

    /// <summary>The address's part behind the question mark.</summary>
    [MaxLength(2000)]
    public required string Query { get; set; }
}
