using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;
using Sigma.Contracts;
using Sigma.Gateway.Publishing;
using Sigma.Hosting;

namespace Sigma.Gateway.Liveness;

/// <summary>
/// Says of each slice, once all that was received in it is kept, that this process was accepting all the while. A slice in which something was
/// refused for want of database or broker, or in which the process was frozen, is not reported: its time stays uncovered.
/// </summary>
internal sealed class SliceReports(IntakeSlices slices, ConfirmedPublisher publisher, IOptions<GatewayOptions> options,
    IHostApplicationLifetime host, TimeProvider time, ILogger<SliceReports> log) : BackgroundService, IHealthCheck, IHostedLifecycleService
{
    // Ten minutes of them: a report that comes late covers its time all the same.
    const int MostWaiting = 60;

    static readonly TimeSpan Look = TimeSpan.FromMilliseconds(500), InHandAtMost = TimeSpan.FromMinutes(2), Tolerance = TimeSpan.FromSeconds(30),
        LastReport = TimeSpan.FromSeconds(2);

    readonly LinkedList<IntakeSlice> _ended = [];
    string? _failure;
    long _failingSince;
    DateTimeOffset _reportedTo;

    protected override async Task ExecuteAsync(CancellationToken stop)
    {
        await host.WaitForStart(stop);
        slices.Turn(); // the process listens from here on
        _reportedTo = time.GetUtcNow();
        GatewayTelemetry.ObserveLag(() => Math.Max(0, (time.GetUtcNow() - _reportedTo).TotalSeconds));
        using var timer = new PeriodicTimer(Look);
        var turned = time.GetTimestamp();
        try
        {
            while (await timer.WaitForNextTickAsync(stop))
            {
                var passed = time.GetElapsedTime(turned);
                if (passed >= options.Value.Slice)
                {
                    turned = time.GetTimestamp();
                    End(passed);
                }
                await ReportAll(stop);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // stopping
        }
    }

    /// <summary>The last slice is shorter than the others. What comes after it is of a slice that nobody reports.</summary>
    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        End(TimeSpan.Zero);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(LastReport);
        await ReportAll(limit.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) => Task.FromResult(
        _failure is { } reason && time.GetElapsedTime(_failingSince) > Tolerance
            ? HealthCheckResult.Unhealthy($"what comes in does not reach the broker: {reason}") : HealthCheckResult.Healthy());

    void End(TimeSpan passed)
    {
        if (slices.Turn() is not { } ended)
            return;
        // It was frozen, or its clock was set: nobody knows what it did not hear.
        if (passed > 2 * options.Value.Slice || ended.To - ended.From > 2 * options.Value.Slice + Look)
            ended.Break();
        lock (_ended)
        {
            _ended.AddLast(ended);
            if (_ended.Count > MostWaiting)
                _ended.RemoveFirst();
        }
    }

    async Task ReportAll(CancellationToken ct)
    {
        for (var next = Next(); next is not null; next = Next())
        {
            if (!next.IsBroken && !await Report(next, ct))
                return; // the broker is away; it is tried again
            lock (_ended)
                _ended.Remove(next);
        }
    }

    // The first of which nothing is in hand: one that takes long does not hold up the others.
    IntakeSlice? Next()
    {
        lock (_ended)
            return _ended.FirstOrDefault(slice => slice.IsBroken || slice.IsDone || time.GetUtcNow() - slice.To > InHandAtMost);
    }

    async Task<bool> Report(IntakeSlice slice, CancellationToken ct)
    {
        if (!slice.IsDone)
            return true; // given up
        try
        {
            await publisher.Publish(new IntakeReported
            {
                Gateway = slices.Gateway, SliceFrom = slice.From, SliceTo = slice.To!.Value, Batches = slice.Batches,
            }, Guid.NewGuid(), ct);
            (_failure, _reportedTo) = (null, slice.To.Value);
            return true;
        }
        catch (BrokerUnavailableException e)
        {
            if (_failure is null)
            {
                _failingSince = time.GetTimestamp();
                log.LogWarning("The slice up to {To:O} cannot be reported, retrying: {Reason}", slice.To, e.Message);
            }
            _failure = e.Message;
            return false;
        }
    }
}
