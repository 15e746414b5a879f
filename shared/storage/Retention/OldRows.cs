using System.Diagnostics;

namespace Sigma.Storage.Retention;

/// <summary>
/// Deletes old rows a few at a time, each batch in a transaction of its own, and rests after each for as long as it took: half of the database's time
/// stays free for those who count, and nobody waits for a row longer than one batch takes.
/// </summary>
public sealed class OldRows(Database database)
{
    /// <summary>Rows a batch looks for.</summary>
    public const int Batch = 500;

    const int Tries = 6;
    static readonly TimeSpan ShortestRest = TimeSpan.FromMilliseconds(5), LongestRest = TimeSpan.FromSeconds(2);

    /// <summary>Deletes all rows of a table whose <paramref name="column"/> is below <paramref name="before"/>; returns how many.</summary>
    public Task<int> Delete(string table, string column, long before, CancellationToken ct) => Delete(async session =>
    {
        var deleted = await session.Execute(session.Dialect.DeleteOldest(table, column, Batch), new { before }, ct);
        return (deleted, deleted);
    }, ct);

    /// <summary>
    /// Deletes the rows that <paramref name="select"/> finds, oldest first, up to <see cref="Batch"/> at a time, by their keys; returns how many.
    /// </summary>
    public Task<int> Delete<TKey>(string select, object args, Func<IReadOnlyList<TKey>, string> delete, CancellationToken ct) =>
        Delete(async session =>
        {
            // Read without a lock: the delete then holds the rows it takes and no others.
            var keys = await session.Query<TKey>($"{select} limit {Batch}", args, ct);
            return (keys.Count, keys.Count == 0 ? 0 : await session.Execute(delete(keys), args, ct));
        }, ct);

    async Task<int> Delete(Func<DbSession, Task<(int Found, int Deleted)>> batch, CancellationToken ct)
    {
        for (var total = 0; ;)
        {
            var started = Stopwatch.GetTimestamp();
            var (found, deleted) = await Once(batch, ct);
            total += deleted;
            if (found < Batch)
                return total;
            var took = Stopwatch.GetElapsedTime(started);
            await Task.Delay(took < ShortestRest ? ShortestRest : took > LongestRest ? LongestRest : took, ct);
        }
    }

    /// <summary>Another purge, or a batch that comes again after days, can be in the way. What lasts longer is left to the next purge.</summary>
    async Task<(int Found, int Deleted)> Once(Func<DbSession, Task<(int Found, int Deleted)>> batch, CancellationToken ct)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await using var session = await database.Begin(ct);
                var done = await batch(session);
                await session.Commit(ct);
                return done;
            }
            catch (Exception e) when (attempt < Tries && !ct.IsCancellationRequested && !database.Dialect.IsRefusal(e))
            {
                await Task.Delay(TimeSpan.FromMilliseconds(Random.Shared.Next(10, 20 << attempt)), ct);
            }
        }
    }
}
