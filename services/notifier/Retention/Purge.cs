using Microsoft.Extensions.Options;
using Quartz;
using Sigma.Storage;

namespace Sigma.Notifier.Retention;

/// <summary>Takes away what is older than it is kept, a thousand rows at a time so that nobody waits for it.</summary>
[DisallowConcurrentExecution]
internal sealed class Purge(Database database, IOptions<NotifierOptions> options, TimeProvider time, ILogger<Purge> log) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken ct)
    {
        try
        {
            await Run(ct);
        }
        catch (Exception e) when (!ct.IsCancellationRequested)
        {
            log.LogWarning("Old rows cannot be deleted, it is tried again tomorrow: {Reason}", e.Message);
        }
    }

    public async Task Run(CancellationToken ct)
    {
        var retention = options.Value.Retention;
        var now = time.GetUtcNow();
        // Deliveries before registers: whether their alert is cleared stands in the register.
        var deliveries = await Delete(
            """
            select d.delivery_id from notifier_deliveries d left join sigma_cloud_events_tracker_registers r on r.alert_id = d.alert_id
            where d.settled_at < @before and d.state not in ('pending', 'sending', 'uncertain') and (r.id is null or r.cleared_at is not null) limit 1000
            """, (now - retention.Deliveries).ToUnixTimeMilliseconds(),
            (IEnumerable<byte[]> keys) => $"delete from notifier_deliveries where delivery_id in ({keys.Select(k => k.ToGuid()).Literals()})", ct);
        // Oldest first along the primary key, so a batch ends early.
        var registers = await Delete(
            """
            select id from sigma_cloud_events_tracker_registers
            where created_at < @before and (alert_id is null or cleared_at is not null) order by id limit 1000
            """, (now - retention.Registers).UtcDateTime,
            (IEnumerable<long> ids) => $"delete from sigma_cloud_events_tracker_registers where id in ({string.Join(',', ids)})", ct);
        var alarmEvents = await Delete(
            "select id from sigma_cloud_alarm_events where created_at < @before order by id limit 1000", (now - retention.Registers).UtcDateTime,
            (IEnumerable<long> ids) => $"delete from sigma_cloud_alarm_events where id in ({string.Join(',', ids)})", ct);
        log.LogInformation("Deleted as too old: {Registers} registers, {AlarmEvents} alarm events, {Deliveries} deliveries", registers, alarmEvents, deliveries);
    }

    async Task<int> Delete<TKey>(string select, object before, Func<IEnumerable<TKey>, string> delete, CancellationToken ct)
    {
        for (var deleted = 0; ;)
        {
            await using var session = await database.Begin(ct);
            var keys = await session.Query<TKey>(select, new { before }, ct);
            if (keys.Count > 0)
                deleted += await session.Execute(delete(keys), null, ct);
            await session.Commit(ct);
            if (keys.Count < 1000)
                return deleted;
        }
    }
}
