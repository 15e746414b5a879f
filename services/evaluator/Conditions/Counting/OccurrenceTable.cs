using Sigma.Storage;

namespace Sigma.Evaluator.Conditions.Counting;

/// <summary>Which triggers count events of an occurrence. Few events have one: an index on every place in a window would cost each event.</summary>
internal static class OccurrenceTable
{
    const int RowsPerStatement = 250;

    public static async Task Keep(DbSession session, IEnumerable<(Guid Occurrence, Guid Trigger, long At)> places, CancellationToken ct)
    {
        var d = session.Dialect;
        foreach (var some in places.GroupBy(place => (place.Occurrence, place.Trigger), place => place.At).OrderBy(place => place.Key)
            .Chunk(RowsPerStatement))
        {
            using SqlRows rows = new(d);
            foreach (var place in some)
                rows.Add(place.Key.Occurrence, place.Key.Trigger, place.Max());
            await session.Execute( // primary key
                $"insert into evaluator_occurrences(occurrence_key, trigger_id, last_at) values {rows} "
                + d.OnConflictUpdate("occurrence_key, trigger_id",
                    $"last_at = case when {d.Offered("last_at")} > last_at then {d.Offered("last_at")} else last_at end"), null, ct);
        }
    }

    public static Task<List<Guid>> Triggers(DbSession session, IEnumerable<Guid> occurrences, CancellationToken ct) =>
        session.Query<Guid>( // primary key
            $"select distinct trigger_id from evaluator_occurrences where occurrence_key in ({occurrences.Literals()})", null, ct);
}
