using Sigma.Evaluator.Queries;
using Sigma.Notifier.Queries;
using Sigma.Storage;

namespace Sigma.Cli.Alerts;

/// <summary>The alerts, as the database has them.</summary>
internal sealed class StoredAlerts(Database database) : IAlerts
{
    public async Task<IReadOnlyList<RaisedAlert>> Raised(string? rule, bool unacknowledged, CancellationToken ct) =>
        [.. (await new RaisedAlertQuery(database).All(ct)).Where(alert => (rule ?? alert.Rule) == alert.Rule
            && !(unacknowledged && alert.AcknowledgedAt is not null))];

    public async Task<KnownAlert> Find(Guid alert, CancellationToken ct)
    {
        RaisedAlertQuery query = new(database);
        // The alert last: it then shows all that the deeds say of it.
        var life = await query.Life(alert, ct);
        var raised = await query.Find(alert, ct);
        await using var connection = await database.Open(ct);
        return new(raised, life, await new EpisodeQuery(connection).Runs(alert, ct));
    }

    public async Task<TellingOfAlert?> Telling(Guid alert, CancellationToken ct)
    {
        await using var connection = await database.Open(ct);
        EpisodeQuery query = new(connection);
        return await query.Find(alert, ct) is not { } episode ? null : new(episode.Rule, episode.Labels, episode.RaisedAt, episode.ClearedAt,
            await query.Decisions(alert, ct), await query.Deliveries(alert, ct), await query.Runs(alert, ct));
    }
}
