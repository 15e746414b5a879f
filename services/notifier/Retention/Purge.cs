using Microsoft.Extensions.Options;
using Quartz;
using Sigma.Hosting.Schedule;
using Sigma.Storage;
using Sigma.Storage.Retention;

namespace Sigma.Notifier.Retention;

/// <summary>Takes away what is older than it is kept, a few rows at a time so that nobody waits for it.</summary>
[DisallowConcurrentExecution]
internal sealed class Purge(OldRows rows, IOptions<NotifierOptions> options, TimeProvider time, IHostApplicationLifetime host, ILogger<Purge> log)
    : RepeatedJob("Old rows cannot be deleted", host, log)
{
    public override async Task Run(CancellationToken ct)
    {
        var retention = options.Value.Retention;
        var now = time.GetUtcNow();
        // Deliveries before registers: whether their alert is cleared stands in the register. ix_deliveries_settled
        var deliveries =
            await Deliveries("d.state not in ('pending', 'waiting', 'sending', 'uncertain') and (r.id is null or r.cleared_at is not null)",
                now - retention.Deliveries, ct);
        // What nobody looked at while its register was kept, nobody will.
        deliveries += await Deliveries("d.state = 'uncertain' and (r.id is null or r.cleared_at is not null)", now - Longest(retention), ct);
        var registers = await rows.Delete<long>( // ix_registers_created
            """
            select id from sigma_cloud_events_tracker_registers
            where created_at < @before and (alert_id is null or cleared_at is not null) order by created_at
            """, new { before = (now - retention.Registers).UtcDateTime },
            ids => $"delete from sigma_cloud_events_tracker_registers where id in ({string.Join(',', ids)})", ct);
        var alarmEvents = await rows.Delete<long>( // ix_alarm_events_created
            "select id from sigma_cloud_alarm_events where created_at < @before order by created_at",
            new { before = (now - retention.Registers).UtcDateTime },
            ids => $"delete from sigma_cloud_alarm_events where id in ({string.Join(',', ids)})", ct);
        // ix_accounts_refreshed
        var accounts = await rows.Delete("notifier_accounts", "refreshed_at", (now - retention.Accounts).ToUnixTimeMilliseconds(), ct);
        // ix_decisions_decided, ix_silences_ends, ix_snoozes_ended, ix_escalations_ended
        var decisions = await rows.Delete("notifier_decisions", "decided_at", (now - retention.Registers).ToUnixTimeMilliseconds(), ct)
            + await rows.Delete("notifier_silences", "ends_at", (now - retention.Registers).ToUnixTimeMilliseconds(), ct)
            + await rows.Delete("notifier_snoozes", "ended_at", (now - retention.Registers).ToUnixTimeMilliseconds(), ct)
            + await rows.Delete("notifier_flow_runs", "started_at", (now - retention.Registers).ToUnixTimeMilliseconds(), ct) // ix_flow_runs_started
            + await rows.Delete("notifier_escalations", "ended_at", (now - retention.Registers).ToUnixTimeMilliseconds(), ct);
        log.Log(registers + alarmEvents + deliveries + accounts + decisions > 0 ? LogLevel.Information : LogLevel.Debug,
            "Deleted as too old: {Registers} registers, {AlarmEvents} alarm events, {Deliveries} deliveries, {Accounts} names of accounts, "
                + "{Decisions} decisions, silences, snoozes, runs of flows and escalations",
            registers, alarmEvents, deliveries, accounts, decisions);
    }

    // The state is looked at again by the delete: a person may have set a delivery on its way once more.
    Task<int> Deliveries(string which, DateTimeOffset before, CancellationToken ct) => rows.Delete<Guid>(
        $"""
        select d.delivery_id from notifier_deliveries d left join sigma_cloud_events_tracker_registers r on r.alert_id = d.alert_id
        where d.settled_at < @before and {which} order by d.settled_at
        """, new { before = before.ToUnixTimeMilliseconds() },
        keys =>
            $"delete from notifier_deliveries where delivery_id in ({keys.Literals()}) and state not in ('pending', "
                + $"'waiting', 'sending') and settled_at < @before", ct);

    static TimeSpan Longest(RetentionOptions retention) => retention.Registers > retention.Deliveries ? retention.Registers : retention.Deliveries;
}
