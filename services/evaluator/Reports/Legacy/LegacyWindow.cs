using Sigma.Storage;

namespace Sigma.Evaluator.Reports.Legacy;

/// <summary>Keeps the existing installation's window row at the start of the rolling window, for the reports that read it.</summary>
internal sealed class LegacyWindow(Database database, TimeProvider time)
{
    public async Task Move(long startedAt, CancellationToken ct)
    {
        await using var session = await database.Begin(ct);
        var times = new { Started = startedAt.ToTime().UtcDateTime, Now = time.GetUtcNow().UtcDateTime };
        if (await session.First<long?>("select max(id) from sigma_cloud_events_tracker_window", null, ct) is { } id)
            await session.Execute($"update sigma_cloud_events_tracker_window set started_at = @Started, updated_at = @Now where id = {id}",
                times, ct);
        else
            await session.Execute("insert into sigma_cloud_events_tracker_window(started_at, created_at, updated_at) values(@Started, @Now, @Now)",
                times, ct);
        await session.Commit(ct);
    }
}
