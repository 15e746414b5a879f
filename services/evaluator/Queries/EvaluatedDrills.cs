using Dapper;
using Sigma.Contracts;
using Sigma.Evaluator.Drills;
using Sigma.Storage;

namespace Sigma.Evaluator.Queries;

/// <summary>What the evaluator has of a drill, found by what follows from its id.</summary>
public sealed class EvaluatedDrills(Database database)
{
    /// <param name="drill">Its id.</param>
    /// <param name="channels">The channels it is for, as it was asked for.</param>
    /// <param name="ct">Ends the waiting.</param>
    public async Task<EvaluatedDrill> Of(Guid drill, string channels, CancellationToken ct)
    {
        var events = Drill.EventIdsOf(drill).Select(id => Ids.From(Drill.Source, id)).Literals();
        var trigger = DrillRule.Rule.TriggerId(DrillRule.Rule.KeyOf(Drill.LabelsOf(drill, channels)));
        await using var connection = await database.Open(ct);
        CommandDefinition Command(string sql) => new(sql, new { trigger }, cancellationToken: ct);
        var stored = await connection.ExecuteScalarAsync<long>(Command( // primary key
            $"select count(*) from evaluator_events where event_key in ({events})"));
        var alert = await connection.ExecuteScalarAsync<byte[]?>(Command( // uq_triggers_trigger
            "select alert_id from sigma_cloud_events_tracker_triggers where trigger_id = @trigger"));
        var cleared = await connection.ExecuteScalarAsync<long>(Command( // primary key
            "select count(*) from evaluator_cleared where trigger_id = @trigger"));
        return new EvaluatedDrill((int)stored, alert is not null, cleared > 0);
    }
}

/// <summary>How far the evaluator is with a drill.</summary>
/// <param name="Stored">Events stored.</param>
/// <param name="IsRaised">Whether its alert is raised now.</param>
/// <param name="IsCleared">Whether it was cleared.</param>
public sealed record EvaluatedDrill(int Stored, bool IsRaised, bool IsCleared);
