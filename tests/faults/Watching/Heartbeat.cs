using System.Data.Common;
using Dapper;
using Sigma.Faults.Stations;
using Sigma.Storage;

namespace Sigma.Faults.Watching;

/// <summary>Looks twice a second whether the station does its work: time is covered up to now, and nothing that is due lies in the outbox.</summary>
internal sealed class Heartbeat : IAsyncDisposable
{
    // Polls are 2 s apart.
    static readonly TimeSpan MostLag = TimeSpan.FromSeconds(8), MostWait = TimeSpan.FromSeconds(5);

    readonly Station _station;
    readonly CancellationTokenSource _stop = new();
    readonly Task _looking;
    volatile TaskCompletionSource _looked = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Heartbeat(Station station)
    {
        _station = station;
        _looking = Look();
    }

    /// <summary>What is wrong at this moment; null when all is well.</summary>
    public string? Complaint { get; private set; } = "not looked yet";

    /// <summary>Runs beside every look.</summary>
    public Action Meanwhile { get; set; } = () => { };

    /// <summary>Waits until all is well; the time that took, or null when it took longer than <paramref name="patience"/>.</summary>
    public async Task<TimeSpan?> Healthy(TimeSpan patience, CancellationToken ct)
    {
        var started = TimeProvider.System.GetTimestamp();
        do
            await _looked.Task.WaitAsync(ct); // a look that began earlier may not know of the fault
        while (Complaint is not null && TimeProvider.System.GetElapsedTime(started) < patience);
        return Complaint is null ? TimeProvider.System.GetElapsedTime(started) : null;
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _looking;
        _stop.Dispose();
    }

    async Task Look()
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(500));
        try
        {
            while (await timer.WaitForNextTickAsync(_stop.Token))
            {
                Complaint = await Ask(_stop.Token);
                Meanwhile();
                Interlocked.Exchange(ref _looked, new(TaskCreationOptions.RunContinuationsAsynchronously)).SetResult();
            }
        }
        catch (OperationCanceledException)
        {
            // the run is over
        }
    }

    async Task<string?> Ask(CancellationToken ct)
    {
        try
        {
            await using var connection = await _station.Database.Open(ct);
            var now = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();
            var (covered, overdue) = await connection.QuerySingleAsync<(long, long)>(new CommandDefinition(
                """
                select (select coalesce(max(covered_to), 0) from evaluator_coverage where source = 'segware'), (select count(*) from outbox
                  where sent_at < @before
                  and (deliver_at < @before or attempts > 0))
                """, new { before = now - (long)MostWait.TotalMilliseconds }, commandTimeout: 5, cancellationToken: ct));
            var lag = TimeSpan.FromMilliseconds(now - covered);
            return lag > MostLag ? $"covered time is {lag.TotalSeconds:0} s behind" : overdue > 0 ? $"{overdue} messages wait in the outbox" : null;
        }
        catch (Exception e) when (e is DbException or IOException or TimeoutException or InvalidOperationException)
        {
            return $"the database does not answer: {e.Message}";
        }
    }
}
