using System.Threading.Channels;
using Sigma.Gateway.Liveness;
using Sigma.Gateway.Webhooks;
using Sigma.Storage;

namespace Sigma.Gateway.Intake;

/// <summary>
/// Keeps what a body said: the raw body, what was understood, the keys by which a repetition is known, and the news' outbox rows, in one transaction;
/// news that may come twice needs no row where the broker takes it at once. Deliveries that come while one transaction runs share the next.
/// </summary>
internal sealed class ConditionIntake(IntakeTransaction transaction, RepeatableNews repeatable, IntakeSlices slices, Database database,
    TimeProvider time, ILogger<ConditionIntake> log) : BackgroundService
{
    // SQLite has one writer; a server commits several at once.
    const int Writers = 3, MostTogether = 50, MostBytesTogether = 4 << 20, MostItemsTogether = 5000, Tries = 8;

    // Below the shortest time-out of a sender.
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(7), ComeAgain = TimeSpan.FromSeconds(5), FirstPause = TimeSpan.FromMilliseconds(10);

    readonly Channel<IntakeWork> _line = Channel.CreateUnbounded<IntakeWork>(); // bounded by the bytes that the door lets in

    /// <summary>Keeps it. Returns once it is kept; the same delivery again changes nothing.</summary>
    /// <exception cref="RefusedException">It cannot be kept now.</exception>
    public Task Keep(Delivery delivery, Reading reading, CancellationToken ct) =>
        Keep(new IntakeWork(delivery, reading.Items, slices.Current) { ConfirmAt = reading.ConfirmAt }, ct);

    /// <summary>Keeps a body that was not understood, with the reason.</summary>
    /// <exception cref="RefusedException">It cannot be kept now.</exception>
    public Task KeepMalformed(Delivery delivery, string place, string reason, CancellationToken ct)
    {
        GatewayTelemetry.Refused(delivery.Integration.Name, Refusal.Malformed);
        return Keep(new IntakeWork(delivery, [], slices.Current) { State = IntakeState.Malformed, Place = place, Reason = reason }, ct);
    }

    /// <summary>Keeps a body that must not count, with the reason: its signature does not hold.</summary>
    /// <exception cref="RefusedException">It cannot be kept now.</exception>
    public Task KeepRefused(Delivery delivery, string reason, CancellationToken ct)
    {
        GatewayTelemetry.Refused(delivery.Integration.Name, Refusal.WrongSignature);
        return Keep(new IntakeWork(delivery, [], slices.Current) { State = IntakeState.Refused, Reason = reason }, ct);
    }

    /// <summary>Keeps what is ready; the caller has said all of it.</summary>
    /// <exception cref="RefusedException">It cannot be kept now.</exception>
    public Task Keep(IntakeWork work, CancellationToken ct)
    {
        if (!_line.Writer.TryWrite(work))
            work.Failed(new RefusedException(Refusal.Unavailable, "The process stops.") { RetryAfter = ComeAgain });
        return work.Done.WaitAsync(ct);
    }

    protected override Task ExecuteAsync(CancellationToken stop) =>
        Task.WhenAll(Enumerable.Range(0, database.Dialect.Name == "Sqlite" ? 1 : Writers).Select(_ => Write(stop)));

    async Task Write(CancellationToken stop)
    {
        var reader = _line.Reader;
        List<IntakeWork> together = [];
        try
        {
            while (await reader.WaitToReadAsync(stop))
            {
                var (bytes, items) = (0L, 0);
                while (together.Count < MostTogether && bytes < MostBytesTogether && items < MostItemsTogether && reader.TryRead(out var work))
                {
                    together.Add(work);
                    bytes += work.Body.Length;
                    items += work.Items.Count;
                }
                await KeepTogether(together, stop);
                together.Clear();
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // stopping: who still waits is told so
        }
        finally
        {
            _line.Writer.TryComplete();
            while (reader.TryRead(out var work))
                together.Add(work);
            foreach (var work in together)
                work.Failed(new RefusedException(Refusal.Unavailable, "The process stops.") { RetryAfter = ComeAgain });
        }
    }

    async Task KeepTogether(List<IntakeWork> works, CancellationToken ct)
    {
        if (works.Count == 0)
            return;
        var started = time.GetTimestamp();
        using TakenBatches batches = new();
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(Patience);
        await repeatable.Send(works, limit.Token);
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                if (!await transaction.Run(works, batches, attempt == 1, limit.Token))
                    throw new InvalidOperationException("another gateway keeps news of the same condition at this moment");
                batches.Kept();
                break;
            }
            catch (Exception e) when (database.Dialect.IsRefusal(e) && works.Count > 1)
            {
                // One of them has what no column takes: the others are kept.
                batches.Dispose();
                foreach (var work in works)
                    await KeepTogether([work], ct);
                return;
            }
            catch (Exception e) when (database.Dialect.IsRefusal(e) || attempt >= Tries || limit.IsCancellationRequested)
            {
                Fail(works, e, ct);
                return;
            }
            catch (Exception e)
            {
                log.LogDebug("Keeping {Count} deliveries failed on try {Attempt}, retrying: {Reason}", works.Count, attempt, e.Message);
                await Task.Delay(Random.Shared.Next(1, 1 << Math.Min(attempt, 6)) * FirstPause, limit.Token)
                    .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
        GatewayTelemetry.Kept(time.GetElapsedTime(started));
        works.ForEach(work => work.Kept());
    }

    void Fail(List<IntakeWork> works, Exception e, CancellationToken ct)
    {
        if (!ct.IsCancellationRequested)
            log.LogWarning("{Count} deliveries cannot be kept and are refused: {Reason}", works.Count, e.Message);
        foreach (var work in works)
        {
            work.Slice.Break();
            GatewayTelemetry.Refused(work.Delivery.Integration.Name, Refusal.Unavailable);
            work.Failed(database.Dialect.IsRefusal(e) ? new InvalidOperationException($"The database refuses it: {e.Message}", e)
                : new RefusedException(Refusal.Unavailable, "It cannot be kept now: the database does not answer.") { RetryAfter = ComeAgain });
        }
    }
}
