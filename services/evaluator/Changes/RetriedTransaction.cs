using Sigma.Storage;

namespace Sigma.Evaluator.Changes;

/// <summary>A short transaction that others can be in the way of: consumers write the same rows meanwhile.</summary>
internal static class RetriedTransaction
{
    const int Tries = 8;

    /// <summary>Runs the work and commits it, and retries for about a second. What lasts longer is the caller's to repeat.</summary>
    public static async Task<T> RetryTransaction<T>(this Database database, Func<DbSession, Task<T>> work, CancellationToken ct)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await using var session = await database.Begin(ct);
                var result = await work(session);
                await session.Commit(ct);
                return result;
            }
            catch (Exception) when (attempt < Tries && !ct.IsCancellationRequested)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(10 << attempt), ct);
            }
        }
    }
}
