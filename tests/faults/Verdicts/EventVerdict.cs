using Dapper;
using Sigma.Faults.Stations;
using Sigma.Faults.Traffic;

namespace Sigma.Faults.Verdicts;

/// <summary>Every raw event is stored once and counted once.</summary>
internal static class EventVerdict
{
    const string Part = "Events";

    /// <param name="station">The station.</param>
    /// <param name="oracle">What was offered.</param>
    /// <param name="names">How many names the rule has had: under each an event may have its place once.</param>
    /// <param name="ct">Ends the run.</param>
    public static async Task<IReadOnlyList<Figure>> Of(Station station, Oracle oracle, int names, CancellationToken ct)
    {
        await using var connection = await station.Database.Open(ct);
        var stored = (await connection.QueryAsync<(string Id, long Places)>(new CommandDefinition(
            """
            select e.event_id, coalesce(w.places, 0) places
            from evaluator_events e left join (select event_key, count(*) places from evaluator_window group by event_key) w
            on w.event_key = e.event_key
            where e.labels not like '%E702%'
            """, commandTimeout: 600, cancellationToken: ct))).AsList();
        var offered = oracle.Offered.ToDictionary(e => e.Id!);
        var ids = stored.Select(s => s.Id).ToHashSet();
        return
        [
            new(Part, "offered by Segware", offered.Count),
            new(Part, "stored", stored.Count),
            Figure.None(Part, "lost",
                offered.Keys.Where(id => !ids.Contains(id)).Select(id => $"event {id} of account {offered[id].AccountId} at {offered[id].At:O}")),
            Figure.None(Part, "not counted", stored.Where(s => s.Places == 0).Select(s => $"event {s.Id}")),
            Figure.None(Part, "double counted",
                stored.Where(s => s.Places > names || !offered.ContainsKey(s.Id)).Select(s => $"event {s.Id}, {s.Places} times")
                .Concat(stored.GroupBy(s => s.Id).Where(g => g.Count() > 1).Select(g => $"event {g.Key} is stored {g.Count()} times"))),
        ];
    }
}
