using MassTransit;
using Sigma.Contracts;

namespace Sigma.ServiceTests.Fetcher;

/// <summary>What arrived from the fetcher.</summary>
internal sealed class ReceivedBatches
{
    readonly Lock _lock = new();
    readonly List<EventBatch> _batches = [];
    readonly List<OccurrencesExcused> _excused = [];
    readonly List<CoverageReported> _coverage = [];
    TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public List<EventBatch> Batches
    {
        get
        {
            lock (_lock)
                return [.. _batches];
        }
    }

    public List<OccurrencesExcused> Excused
    {
        get
        {
            lock (_lock)
                return [.. _excused];
        }
    }

    /// <summary>The reports after each poll, in the order of their time.</summary>
    public List<CoverageReported> Coverage
    {
        get
        {
            lock (_lock)
                return [.. _coverage.OrderBy(c => c.ReportedAt)];
        }
    }

    public List<string> EventIds => [.. Batches.SelectMany(b => b.Events).Select(e => e.EventId)];

    /// <summary>Waits for what is expected; when it does not come, the message tells what did.</summary>
    public async Task Until(Func<ReceivedBatches, bool> expected, string story)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (true)
        {
            Task changed;
            lock (_lock)
                changed = _changed.Task;
            if (expected(this))
                return;
            try
            {
                await changed.WaitAsync(limit.Token);
            }
            catch (OperationCanceledException)
            {
                Assert.Fail($"{story}; but there came {Batches.Count} batches with {EventIds.Count} events, {EventIds.Distinct().Count()} distinct, "
                    + $"and {Excused.Sum(e => e.OccurrenceIds.Count)} excused occurrences");
            }
        }
    }

    public void Clear() => Change(() => _batches.Clear());

    void Change(Action change)
    {
        TaskCompletionSource changed;
        lock (_lock)
        {
            change();
            changed = _changed;
            _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
        }
        changed.SetResult();
    }

    internal sealed class BatchConsumer(ReceivedBatches received) : IConsumer<EventBatch>, IConsumer<OccurrencesExcused>, IConsumer<CoverageReported>
    {
        public Task Consume(ConsumeContext<EventBatch> context)
        {
            received.Change(() => received._batches.Add(context.Message));
            return Task.CompletedTask;
        }

        public Task Consume(ConsumeContext<CoverageReported> context)
        {
            received.Change(() => received._coverage.Add(context.Message));
            return Task.CompletedTask;
        }

        public Task Consume(ConsumeContext<OccurrencesExcused> context)
        {
            received.Change(() => received._excused.Add(context.Message));
            return Task.CompletedTask;
        }
    }
}
