using MassTransit;
using Microsoft.Extensions.Options;
using Sigma.Contracts;
using Sigma.Segware;
using Sigma.Storage;

namespace Sigma.Fetcher.Coverage;

/// <summary>
/// Says after each poll how far the source is watched. Nothing waits for it, and it may be lost: the next poll says it again.
/// </summary>
internal sealed class CoverageReporter(Database database, IBus bus, SegwareClock clock, LateArrivals late, IOptions<FetcherOptions> options,
    TimeProvider time, ILogger<CoverageReporter> log)
{
    const int LongestReason = 500;
    static readonly TimeSpan PublishTimeout = TimeSpan.FromSeconds(5);

    readonly string _source = options.Value.Source;
    DateTimeOffset? _heldAt;

    /// <param name="watermark">Up to when there is no gap; null before the first slice.</param>
    /// <param name="stopped">Why the poll ended before its work was done.</param>
    /// <param name="ct">Ends the poll.</param>
    public async Task Report(DateTimeOffset? watermark, string? stopped, CancellationToken ct)
    {
        try
        {
            var reason = await Write(stopped, ct);
            if (watermark is not { } reached)
                return;
            // What may have events that are never seen is not called watched.
            if (late.Shortfall is { } shortfall)
            {
                reached = _heldAt ??= reached;
                reason = Cut(shortfall);
            }
            else
                _heldAt = null;
            // A publish hangs while the broker is away, and the client may not look at the token: so both.
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
            limit.CancelAfter(PublishTimeout);
            var report = new CoverageReported
                { Source = _source, Watermark = reached, ReportedAt = time.GetUtcNow(), SourceTime = clock.Difference is null ? null : clock.Now,
                    Reason = reason };
            await bus.Publish(report, limit.Token).WaitAsync(limit.Token);
        }
        catch (Exception e) when (!ct.IsCancellationRequested)
        {
            log.LogInformation("Publishing the coverage of {Source} failed, the next poll retries: {Reason}", _source, e.Message);
        }
    }

    /// <summary>Writes down that a poll has ended; returns what holds the watermark up.</summary>
    async Task<string?> Write(string? stopped, CancellationToken ct)
    {
        stopped = Cut(stopped);
        await using var session = await database.Begin(ct);
        await session.Execute("update fetcher_sources set polled_at = @now, stopped = @stopped where source = @source", // primary key
            new { source = _source, stopped, now = clock.Now.ToUnixTimeMilliseconds() }, ct);
        await late.Write(session, ct);
        var failure = await session.First<string?>( // ix_fetcher_slices_state
            "select reason from fetcher_slices where source = @source and state = 'failed' order by slice_from limit 1", new { source = _source },
            ct);
        await session.Commit(ct);
        return stopped ?? failure;
    }

    static string? Cut(string? reason) => reason?.Length > LongestReason ? reason[..LongestReason] : reason;
}
