using Sigma.Evaluator.Queries;
using Sigma.Fetcher.Drills;
using Sigma.Notifier.Queries;
using Sigma.Storage;

namespace Sigma.Cli.Drills;

/// <summary>What the services have of a drill.</summary>
internal sealed class DrillState(Guid id, string channels)
{
    public Guid Id => id;

    public async Task<DrillSnapshot> Look(Database database, DrillTable drills, CancellationToken ct)
    {
        var row = await drills.Find(id, ct) ?? throw new InvalidOperationException($"The row of drill {id} is gone.");
        var evaluated = await new EvaluatedDrills(database).Of(id, channels, ct);
        var told = await new ToldDrills(database).Of(id, ct);
        var registered = told is { IsRaised: true };
        var cleared = told is { IsCleared: true };
        return new DrillSnapshot(row, evaluated.Stored, evaluated.IsRaised || told is not null, registered, evaluated.IsCleared || cleared, cleared,
            told?.Deliveries ?? []);
    }
}

/// <summary>How far a drill has come.</summary>
internal sealed record DrillSnapshot(
    DrillRequest Row, int Stored, bool Raised, bool Registered, bool Cleared, bool ClearRegistered, IReadOnlyList<DrillDelivery> Deliveries);
