using Dapper;
using Sigma.Hosting.Api;
using Sigma.Notifier.Deliveries;
using Sigma.Notifier.Queries;
using Sigma.Storage;

namespace Sigma.Notifier.Api;

/// <summary>What was decided about telling of an alert, and what became of it, as <c>sigma alerts telling</c>.</summary>
internal static class TellingApi
{
    const int Most = 500;

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/alerts/{id:guid}/telling", Show);
        app.MapPost("/alerts/told", Told);
    }

    // Who shows many alerts shows in a word who was told of each.
    static async Task<IResult> Told(ToldQuestion body, Database database, CancellationToken ct)
    {
        if (body.Alerts.Count is 0 or > Most)
            return Problems.Refused([$"alerts are 1 to {Most}"]);
        await using var connection = await database.Open(ct);
        var rows = await connection.QueryAsync<PastDelivery>(new CommandDefinition( // uq_deliveries_alert
            $"""
            select alert_id AlertId, kind Kind, channel Channel, state State, created_at CreatedAt from notifier_deliveries
            where alert_id in ({body.Alerts.Distinct().Literals()}) order by created_at
            """, flags: CommandFlags.NoCache | CommandFlags.Buffered, cancellationToken: ct));
        return Results.Ok(new ToldAnswer([.. rows.Where(row => row.Kind != DeliveryKind.Cleared).GroupBy(row => row.AlertId)
            .Select(alert => new ToldAlert(alert.Key, [.. alert.GroupBy(row => row.Channel).OrderBy(channel => channel.Key, StringComparer.Ordinal)
                .Select(channel => new ToldChannel(channel.Key, channel.Last().State.Stored()))]))]));
    }

    static async Task<IResult> Show(Guid id, Database database, CancellationToken ct)
    {
        await using var connection = await database.Open(ct);
        EpisodeQuery query = new(connection);
        if (await query.Find(id, ct) is not { } episode)
            return Problems.NotFound($"No notifier has written the alert {id} down.");
        return Results.Ok(new TellingAnswer(id, episode.Rule, episode.Labels, episode.RaisedAt?.ToTime(), episode.ClearedAt?.ToTime(),
            [.. (await query.Decisions(id, ct)).Select(found =>
                new ShownDecision(found.Kind, found.Channel, found.DecidedAt.ToTime(), found.Reason))],
            [.. (await query.Deliveries(id, ct)).Select(found => ShownDelivery.Of(found, found.Id))],
            [.. (await query.Runs(id, ct)).Select(found => new ShownRun(found.Channel, found.Url, found.State, found.StateName, found.Message,
                found.StartedAt.ToTime(), found.EndedAt?.ToTime()))]));
    }
}

/// <summary>An alert, and everything about telling of it.</summary>
internal sealed record TellingAnswer(Guid AlertId, string Rule, IReadOnlyDictionary<string, string> Labels, DateTimeOffset? RaisedAt,
    DateTimeOffset? ClearedAt, IReadOnlyList<ShownDecision> Decisions, IReadOnlyList<ShownDelivery> Deliveries, IReadOnlyList<ShownRun> Runs);

/// <summary>Of which alerts is asked who was told.</summary>
internal sealed record ToldQuestion(IReadOnlyList<Guid> Alerts);

/// <summary>Those of them that have a delivery.</summary>
internal sealed record ToldAnswer(IReadOnlyList<ToldAlert> Alerts);

/// <summary>Who was or is to be told that an alert is raised.</summary>
internal sealed record ToldAlert(Guid AlertId, IReadOnlyList<ToldChannel> Channels);

/// <summary>An integration, and the state of the last delivery on it.</summary>
internal sealed record ToldChannel(string Channel, string State);

/// <summary>A decision, also that somebody is not told.</summary>
internal sealed record ShownDecision(string Kind, string? Channel, DateTimeOffset At, string Reason);

/// <summary>A Prefect run that was started for it.</summary>
internal sealed record ShownRun(string Channel, string Url, string? State, string? StateName, string? Message, DateTimeOffset StartedAt,
    DateTimeOffset? EndedAt);
