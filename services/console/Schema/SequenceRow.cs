using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.ComponentModel.DataAnnotations.Schema;
using Microsoft.EntityFrameworkCore;
using Sigma.Storage.Schema;

namespace Sigma.OperatorConsole.Schema;

[Table("console_sequence")]
[Description("Console: the last number that a change of an alert was given.")]
[PrimaryKey(nameof(Name))]
internal sealed class SequenceRow
{
    [MaxLength(16), ByBytes]
    public required string Name { get; init; }

    public long Last { get; init; }
}
