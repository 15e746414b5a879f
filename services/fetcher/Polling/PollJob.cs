using System.Data.Common;
using System.Net.Sockets;
using MassTransit;
using Microsoft.Extensions.Options;
using Quartz;
using Sigma.Fetcher.Publishing;
using Sigma.Segware;

namespace Sigma.Fetcher.Polling;

/// <summary>Polls at once and then at every interval; a poll that takes longer delays the next.</summary>
[DisallowConcurrentExecution]
internal sealed class PollJob(Poll poll, IBusControl bus, Publisher publisher, IOptions<SegwareOptions> segware, IHostApplicationLifetime host,
    ILogger<PollJob> log) : IJob
{
    static readonly TimeSpan WaitForBroker = TimeSpan.FromSeconds(20);

    public static void Schedule(IQuartzBuilder jobs, TimeSpan interval) => jobs.ScheduleJob<PollJob>(
        trigger => trigger.WithIdentity("fetcher-poll").StartNow().WithSimpleSchedule(schedule => schedule.WithInterval(interval).RepeatForever()));

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken ct)
    {
        if (!segware.Value.IsOn)
            return; // the other sources have turns of their own
        // Quartz waits for its jobs when the process stops, so they get the token.
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(ct, host.ApplicationStopping);
        try
        {
            if (await IsBrokerThere(stop.Token))
                await poll.Run(stop.Token);
            else
                log.LogWarning("The broker is unavailable, so the poll is skipped; the next poll begins where the last one ended");
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // the rest is the next start's work
        }
        catch (Exception e) when (e is DbException or SocketException or IOException or TimeoutException)
        {
            log.LogWarning("The database is unavailable, so the poll failed; the next one begins where it ended: {Reason}", e.Message);
        }
        catch (Exception e)
        {
            log.LogError(e, "The poll failed, the next one begins where it ended");
        }
    }

    // "Healthy" is enough. Anything else may be stale: after a broker's crash a bus that works can call itself degraded for ever. So the broker
    // itself is asked.
    async Task<bool> IsBrokerThere(CancellationToken ct) =>
        bus.CheckHealth().Status == BusHealthStatus.Healthy || await publisher.Reaches(WaitForBroker, ct);
}
