using Microsoft.Extensions.Options;
using Sigma.Fetcher.Queries;
using Sigma.Segware;
using Sigma.Storage.Counting;

namespace Sigma.Fetcher.Coverage;

/// <summary>
/// Counts the minutes of the last 24 hours by state, once a minute and only while somebody listens to the gauge. The watermark is told too: a fetcher
/// that stands by, or has not yet come to an end with its first poll, would else not know it.
/// </summary>
internal sealed class CoverageCount(CoverageSummary account, FetcherTelemetry telemetry, IOptions<FetcherOptions> options,
    IOptions<SegwareOptions> segware, ILogger<CoverageCount> log)
    : RepeatedCount("Coverage cannot be counted", log, TimeSpan.FromMinutes(1))
{
    static readonly TimeSpan Day = TimeSpan.FromDays(1);

    protected override async Task Count(CancellationToken ct)
    {
        if (!telemetry.CoverageMinutes.Enabled || !segware.Value.IsOn)
            return;
        var known = await account.Of(Day, ct);
        telemetry.MinutesAre(options.Value.Source, CoverageStrip.Count(CoverageStrip.Of(known, options.Value.LateAfter)));
        if (known.Watermark is { } watermark)
            telemetry.WatermarkIs(watermark);
    }
}
