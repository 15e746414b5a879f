using Microsoft.Extensions.Options;
using Quartz;
using Sigma.Hosting.Schedule;
using Sigma.Storage;
using Sigma.Storage.Retention;

namespace Sigma.Gateway.Retention;

/// <summary>Deletes raw bodies, keys and ended conditions once they are old enough.</summary>
[DisallowConcurrentExecution]
internal sealed class Purge(OldRows rows, IOptions<GatewayOptions> options, TimeProvider time, IHostApplicationLifetime host, ILogger<Purge> log)
    : RepeatedJob("Old rows cannot be deleted", host, log)
{
    // What nobody has spoken of for so long is over, whatever was said last.
    static readonly TimeSpan KeepConditions = TimeSpan.FromDays(90);

    public override async Task Run(CancellationToken ct)
    {
        var now = time.Milliseconds();
        var ended = now - (long)options.Value.KeepKeys.TotalMilliseconds;
        var bodies = now - (long)options.Value.KeepBodies.TotalMilliseconds;
        var purged = await rows.Delete("gateway_intake", "received_at", bodies, ct) // ix_gateway_intake_time
            + await rows.Delete("gateway_seen", "seen_at", ended, ct) // ix_gateway_seen_time
            + await rows.Delete("gateway_open", "reported_at", now - (long)KeepConditions.TotalMilliseconds, ct) // ix_gateway_open_time
            + await rows.Delete<Guid>( // ix_gateway_open_time
                "select id from gateway_open where reported_at < @ended and ended_at is not null order by reported_at", new { ended },
                ids => $"delete from gateway_open where id in ({ids.Literals()}) and reported_at < @ended and ended_at is not null", ct);
        if (purged > 0)
            log.LogDebug("Purged {Rows} rows", purged);
    }
}
