using Microsoft.Extensions.Options;
using Sigma.Contracts;
using Sigma.Gateway.Intake;
using Sigma.Gateway.Integrations;
using Sigma.Gateway.Liveness;

namespace Sigma.Gateway.Publishing;

/// <summary>
/// Publishes news that needs no row of its own: cut into messages of about 1,000 items and 256 KB, each counted in its slice. Returns once the broker
/// has confirmed all of it. News that is refused half-way has come in part: its sender sends it again, and it is at least once.
/// </summary>
internal sealed class NewsPublisher(ConfirmedPublisher publisher, IntakeSlices slices, IOptions<GatewayOptions> options, TimeProvider time,
    ILogger<NewsPublisher> log)
{
    // Of one request: the messages of a large one are confirmed side by side.
    const int SideBySide = 4;

    static readonly TimeSpan ComeAgain = TimeSpan.FromSeconds(5), ComeAgainSoon = TimeSpan.FromSeconds(2);

    readonly ByteBudget _onTheWay = new(options.Value.Limits.BytesOnTheWay);

    /// <exception cref="RefusedException">The broker did not take it in time, or too much is on its way.</exception>
    public Task Publish(Integration integration, IReadOnlyList<LogLine> lines, CancellationToken ct) =>
        PublishAll(integration, "lines", NewsCut.Cut(lines, NewsCut.SizeOfLines()), (some, part) =>
        {
            LogBatch batch = new() { BatchId = Guid.CreateVersion7(time.GetUtcNow()), Source = integration.Name, Lines = some, Intake = part };
            return publisher.Publish(batch, batch.BatchId, ct);
        }, isBounded: true, ct);

    /// <exception cref="RefusedException">The broker did not take it in time, or too much is on its way.</exception>
    public Task Publish(Integration integration, IReadOnlyList<Sample> samples, CancellationToken ct) =>
        PublishAll(integration, "samples", NewsCut.Cut(samples, NewsCut.SizeOfSamples()), (some, part) =>
        {
            SamplesReported batch = new() { BatchId = NewsIds.Of(integration.Name, some), Source = integration.Name, Samples = some, Intake = part };
            return publisher.Publish(batch, batch.BatchId, ct);
        }, isBounded: true, ct);

    /// <summary>Beats are small and rare, and a refused one is a false alarm: they get through whatever else is on its way.</summary>
    /// <exception cref="RefusedException">The broker did not take it in time.</exception>
    public Task Publish(Integration integration, IReadOnlyList<Beat> beats, CancellationToken ct) =>
        PublishAll(integration, "beats", NewsCut.Cut(beats, NewsCut.SizeOf), (some, part) =>
        {
            BeatsReported batch = new() { BatchId = NewsIds.Of(integration.Name, some), Source = integration.Name, Beats = some, Intake = part };
            return publisher.Publish(batch, batch.BatchId, ct);
        }, isBounded: false, ct);

    async Task PublishAll<T>(Integration integration, string news, IEnumerable<(T[] Items, int Bytes)> pieces, Func<T[], IntakePart, Task> publish,
        bool isBounded, CancellationToken ct)
    {
        List<Task> going = new(SideBySide);
        try
        {
            foreach (var (items, bytes) in pieces)
            {
                if (going.Count == SideBySide)
                {
                    var done = await Task.WhenAny(going);
                    going.Remove(done);
                    await done;
                }
                going.Add(PublishOne(integration, news, items, bytes, publish, isBounded, ct));
            }
        }
        finally
        {
            await Task.WhenAll(going);
        }
    }

    async Task PublishOne<T>(Integration integration, string news, T[] items, int bytes, Func<T[], IntakePart, Task> publish, bool isBounded,
        CancellationToken ct)
    {
        if (isBounded && !_onTheWay.TryTake(bytes))
        {
            slices.Break();
            throw Refused(integration, "Too much is on its way to the broker.", ComeAgainSoon);
        }
        using var batch = slices.Begin();
        var started = time.GetTimestamp();
        try
        {
            await publish(items, batch.Part);
            batch.Kept();
        }
        catch (BrokerUnavailableException e)
        {
            log.LogDebug("{Count} {News} of {Integration} are refused: {Reason}", items.Length, news, integration.Name, e.Message);
            throw Refused(integration, "The broker does not take it.", ComeAgain);
        }
        finally
        {
            if (isBounded)
                _onTheWay.Return(bytes);
        }
        GatewayTelemetry.Confirmed(integration.Name, time.GetElapsedTime(started));
        GatewayTelemetry.Accepted(integration.Name, news, items.Length);
    }

    static RefusedException Refused(Integration integration, string reason, TimeSpan comeAgain)
    {
        GatewayTelemetry.Refused(integration.Name, Refusal.Unavailable);
        return new(Refusal.Unavailable, reason) { RetryAfter = comeAgain };
    }
}
