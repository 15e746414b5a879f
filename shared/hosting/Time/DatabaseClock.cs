using System.Globalization;
using Dapper;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Sigma.Storage;

namespace Sigma.Hosting.Time;

/// <summary>
/// Holds the machine's clock against the database's, the only one that all services share: claims, due times and time-outs in its rows mean the same
/// to all of them. A machine that is minutes off, or starts before its time is set, uses the database's time; what is off by less stays as it is.
/// </summary>
internal sealed class DatabaseClock(Database database, TimeProvider time, ILogger<DatabaseClock> log) : BackgroundService
{
    static readonly TimeSpan Every = TimeSpan.FromSeconds(15);

    TimeSpan _behind;

    /// <summary>Compares the two before anything is done with the time.</summary>
    public Task ReadAtStart(CancellationToken ct) => Read(atStart: true, ct);

    protected override async Task ExecuteAsync(CancellationToken stop)
    {
        if (time is not HoldoverClock)
            return; // a test's, or the demonstration's
        using var timer = new PeriodicTimer(Every);
        try
        {
            while (await timer.WaitForNextTickAsync(stop))
                await Read(atStart: false, stop);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // stopping
        }
    }

    async Task Read(bool atStart, CancellationToken ct)
    {
        if (time is not HoldoverClock clock)
            return;
        try
        {
            await using var connection = await database.Open(ct);
            var asked = clock.Machine;
            var there = (await connection.ExecuteScalarAsync<long>(new CommandDefinition($"select {database.Dialect.Now}", cancellationToken: ct)))
                .ToTime();
            var answered = clock.Machine;
            var behind = there > answered ? there - answered : there < asked ? there - asked : TimeSpan.Zero;
            if (behind.Duration() <= HoldoverClock.Step)
                behind = TimeSpan.Zero;
            if ((behind - _behind).Duration() > HoldoverClock.Step)
                log.LogWarning("This machine's clock is {Apart}; the database's time counts for all services",
                    behind == TimeSpan.Zero ? "right again by the database's"
                    : string.Create(CultureInfo.InvariantCulture,
                        $"{behind.Duration():c} {(behind > TimeSpan.Zero ? "behind" : "ahead of")} the database's"));
            _behind = behind;
            clock.Correct(behind, atStart);
        }
        catch (Exception e) when (!ct.IsCancellationRequested)
        {
            log.LogDebug("The database's clock cannot be read: {Reason}", e.Message);
        }
    }
}
