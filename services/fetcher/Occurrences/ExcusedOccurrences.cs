using System.Net;
using Microsoft.Extensions.Options;
using Sigma.Contracts;
using Sigma.Fetcher.Coverage;
using Sigma.Fetcher.Publishing;
using Sigma.Hosting.Http;
using Sigma.Segware;
using Sigma.Storage;

namespace Sigma.Fetcher.Occurrences;

/// <summary>Remembers which occurrences are excused, and announces each once per process.</summary>
internal sealed class ExcusedOccurrences(SegwareOccurrences source, Publisher publisher, IOptions<FetcherOptions> options, FetcherTelemetry telemetry,
    SegwareClock clock, ILogger<ExcusedOccurrences> log)
{
    const int PerMessage = 1000;

    static readonly TimeSpan LongestAsk = TimeSpan.FromSeconds(60);

    readonly HashSet<string> _announced = [];
    volatile IReadOnlySet<string> _known = new HashSet<string>();

    /// <summary>The ids in the last answer.</summary>
    public IReadOnlySet<string> Known => _known;

    /// <summary>Asks anew. Events go on without the answer, so a failure is a warning and what was known stays known.</summary>
    public async Task Ask(CancellationToken ct)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(LongestAsk);
        try
        {
            var now = clock.Now.ToUnixTimeMilliseconds();
            _known = await source.ClosedBySystemUser(new Slice(now - (long)options.Value.OccurrencesLookBack.TotalMilliseconds, now), limit.Token);
        }
        catch (ApiException e) when (e.Status == HttpStatusCode.Unauthorized)
        {
            // the events are refused too, and that is said there
        }
        catch (Exception e) when (!ct.IsCancellationRequested)
        {
            log.LogWarning("Reading the excused occurrences of {Source} failed, polling continues with those known: {Reason}",
                options.Value.Source, limit.IsCancellationRequested ? $"no answer within {LongestAsk.TotalSeconds:0} s" : e.Message);
        }
    }

    /// <summary>Publishes those not announced yet.</summary>
    public async Task Announce(CancellationToken ct)
    {
        var known = _known;
        _announced.IntersectWith(known); // bounded by the last answer
        foreach (var ids in known.Except(_announced).Order(StringComparer.Ordinal).Chunk(PerMessage))
        {
            await publisher.Publish(new OccurrencesExcused { Source = options.Value.Source, OccurrenceIds = ids }, null, ct);
            _announced.UnionWith(ids);
            telemetry.OccurrencesExcused.Add(ids.Length);
            log.LogInformation("Occurrences of {Source} closed by the system user, whose events do not count: {Count} more", options.Value.Source,
                ids.Length);
        }
    }
}
