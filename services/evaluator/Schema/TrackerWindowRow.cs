using System.ComponentModel;
using System.ComponentModel.DataAnnotations.Schema;
using Microsoft.EntityFrameworkCore;
using Sigma.Storage.Schema;

namespace Sigma.Evaluator.Schema;

[Table("sigma_cloud_events_tracker_window")]
[Description("The former tracker's reports read where its current window began; the evaluator keeps it at the start of the rolling one.")]
[PrimaryKey(nameof(Id))]
internal sealed class TrackerWindowRow
{
    public uint Id { get; init; }

    public DateTime StartedAt { get; init; }

    [Now]
    public DateTime CreatedAt { get; init; }

    [Now]
    public DateTime UpdatedAt { get; init; }
}
