using Microsoft.Extensions.Options;

namespace Sigma.Fetcher.Coverage;

/// <summary>Counts the minutes of the last 24 hours by state, once a minute and only while somebody listens to the gauge.</summary>
internal sealed class CoverageCount(CoverageAccount account, FetcherTelemetry telemetry, IOptions<FetcherOptions> options, ILogger<CoverageCount> log) : BackgroundService
{
    static readonly TimeSpan Day = TimeSpan.FromDays(1);

    protected override async Task ExecuteAsync(CancellationToken stop)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMinutes(1));
        try
        {
            do
                if (telemetry.CoverageMinutes.Enabled)
                    await Count(stop);
            while (await timer.WaitForNextTickAsync(stop));
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // stopping
        }
    }

    async Task Count(CancellationToken ct)
    {
        try
        {
            telemetry.MinutesAre(options.Value.Source, CoverageStrip.Count(CoverageStrip.Of(await account.Of(Day, ct), options.Value.LateAfter)));
        }
        catch (Exception e) when (!ct.IsCancellationRequested)
        {
            log.LogDebug("Coverage cannot be counted: {Reason}", e.Message);
        }
    }
}
