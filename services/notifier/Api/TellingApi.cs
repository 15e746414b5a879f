using Sigma.Hosting.Api;
using Sigma.Notifier.Queries;
using Sigma.Storage;

namespace Sigma.Notifier.Api;

/// <summary>What was decided about telling of an alert, and what became of it, as <c>sigma alerts telling</c>.</summary>
internal static class TellingApi
{
    public static void Map(IEndpointRouteBuilder app) => app.MapGet("/alerts/{id:guid}/telling", Show);

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

/// <summary>A decision, also that somebody is not told.</summary>
internal sealed record ShownDecision(string Kind, string? Channel, DateTimeOffset At, string Reason);

/// <summary>A Prefect run that was started for it.</summary>
internal sealed record ShownRun(string Channel, string Url, string? State, string? StateName, string? Message, DateTimeOffset StartedAt,
    DateTimeOffset? EndedAt);
