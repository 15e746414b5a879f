using MassTransit;
using Sigma.Hosting.Telemetry;

namespace Sigma.Evaluator.Triggers;

/// <summary>
/// Sends some hints about a rule that does not exist through the broker once the service has started. They find nothing and leave nothing,
/// and the way of a real one, from the queue to the trigger's transaction, is compiled when it comes.
/// </summary>
internal sealed class Rehearsal(IBus bus, TimeProvider time, IHostApplicationLifetime service, ILogger<Rehearsal> log) : BackgroundService
{
    const int Hints = 40;
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    protected override async Task ExecuteAsync(CancellationToken stop)
    {
        try
        {
            var started = new TaskCompletionSource();
            await using var registration = service.ApplicationStarted.Register(started.SetResult);
            await started.Task.WaitAsync(stop);
            using var unrecorded = Unrecorded.Start("rehearsal");
            await Task.WhenAll(Enumerable.Range(0, Hints).Select(_ => bus.Publish(Hint(), stop))).WaitAsync(Patience, stop);
        }
        catch (Exception e) when (!stop.IsCancellationRequested)
        {
            log.LogDebug("The rehearsal ended early, which does no harm: {Reason}", e.Message);
        }
        catch (OperationCanceledException)
        {
            // stopping
        }
    }

    RaiseDue Hint() => new()
    {
        TriggerId = Guid.NewGuid(), Rule = "(rehearsal)", Source = "(rehearsal)", Labels = new Dictionary<string, string>(), From = time.GetUtcNow(), To = time.GetUtcNow(),
    };
}
