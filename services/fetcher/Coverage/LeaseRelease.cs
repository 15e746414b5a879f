namespace Sigma.Fetcher.Coverage;

/// <summary>At a graceful stop the next fetcher need not wait for the lease to run out.</summary>
internal sealed class LeaseRelease(SourceLease lease, ILogger<LeaseRelease> log) : IHostedService
{
    public Task StartAsync(CancellationToken ct) => Task.CompletedTask;

    public async Task StopAsync(CancellationToken ct)
    {
        try
        {
            await lease.Release(ct).WaitAsync(TimeSpan.FromSeconds(2), ct);
        }
        catch (Exception e)
        {
            log.LogInformation("Releasing the lease failed, it expires by itself: {Reason}", e.Message);
        }
    }
}
