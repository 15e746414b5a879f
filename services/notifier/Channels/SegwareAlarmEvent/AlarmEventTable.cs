using Sigma.Hosting.Texts;
using Sigma.Storage;

namespace Sigma.Notifier.Channels.SegwareAlarmEvent;

/// <summary>What was put into Segware, or could not be; other reports read it.</summary>
internal sealed class AlarmEventTable(TimeProvider time)
{
    /// <summary>Tells our rows from those of other programs that share the table.</summary>
    public const string ApplicationType = "sigma-cloud-events-tracker";

    public Task Add(DbSession session, Guid delivery, AlarmEvent alarm, string status, CancellationToken ct) => session.Execute(
        $"""
        insert into sigma_cloud_alarm_events(application_type, account, auxiliary, code, company_id, complement, event_id, event_log,
          `partition`, protocol_type, status, created_at, updated_at, delivery_id)
        values(@ApplicationType, @Account, @Auxiliary, @Code, @CompanyId, @Complement, @EventId, @EventLog, @Partition, @ProtocolType, @status, @now,
        @now, @key)
        {session.Dialect.OnConflictUpdate("delivery_id", "status", "updated_at")}
        """, // uq_alarm_events_delivery: one that had failed may be sent later
        new
        {
            ApplicationType, Account = alarm.Account.Truncate(255), alarm.Auxiliary, alarm.Code, alarm.CompanyId, alarm.Complement, alarm.EventId,
            alarm.EventLog,
            alarm.Partition, alarm.ProtocolType, status, key = delivery,
            now = DateTimeOffset.FromUnixTimeSeconds(time.GetUtcNow().ToUnixTimeSeconds()).UtcDateTime,
        }, ct);
}
