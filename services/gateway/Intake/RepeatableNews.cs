using Sigma.Contracts;
using Sigma.Gateway.Liveness;
using Sigma.Gateway.Publishing;
using Sigma.Storage;
using Sigma.Storage.Outbox;

namespace Sigma.Gateway.Intake;

/// <summary>
/// Sends news that may come twice to the broker before its body is kept, without a row of the outbox in between, which costs more than all the rest.
/// When the body cannot be kept its sender sends it again. What the broker does not take at once is left to the outbox.
/// </summary>
internal sealed class RepeatableNews(ConfirmedPublisher publisher, OutboxOwner outbox, TimeProvider time, ILogger<RepeatableNews> log)
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(2), ComeAgain = TimeSpan.FromSeconds(5);

    long _notBefore = long.MinValue;

    /// <summary>Sends the news of those that may come twice, and marks them as sent.</summary>
    public async Task Send(IReadOnlyList<IntakeWork> works, CancellationToken ct)
    {
        // The transport within the process keeps its messages in the outbox.
        if (outbox.KeepUntilConsumed || time.Milliseconds() < Interlocked.Read(ref _notBefore))
            return;
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(Patience);
        foreach (var together in works.Where(work => work.MayComeTwice && work is { IsSent: false, ReplayOf: null })
            .GroupBy(work => (work.Slice, work.Delivery.Integration.Name)))
            try
            {
                await Send(together.Key.Slice, together.Key.Name, [.. together.SelectMany(work => work.Items).Select(item => item.Condition())],
                    limit.Token);
                foreach (var work in together)
                    work.IsSent = true;
            }
            catch (Exception e) when (!ct.IsCancellationRequested)
            {
                log.LogDebug("News of {Integration} is left to the outbox: {Reason}", together.Key.Name, e.Message);
                Interlocked.Exchange(ref _notBefore, time.Milliseconds() + (long)ComeAgain.TotalMilliseconds);
                return;
            }
    }

    async Task Send(IntakeSlice slice, string source, IReadOnlyList<ReportedCondition> news, CancellationToken ct)
    {
        foreach (var (some, _) in NewsCut.Cut(news, NewsCut.SizeOf))
        {
            using var batch = slice.Begin(); // one that may not have come leaves its slice uncovered
            ConditionReported message = new()
            {
                BatchId = Guid.CreateVersion7(time.GetUtcNow()), Source = source, Conditions = some, Intake = batch.Part,
            };
            await publisher.Publish(message, message.BatchId, ct);
            batch.Kept();
        }
    }
}
