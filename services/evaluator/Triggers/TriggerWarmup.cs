using MassTransit;
using Sigma.Hosting;
using Sigma.Hosting.Telemetry;

namespace Sigma.Evaluator.Triggers;

/// <summary>
/// Sends some hints about a rule that does not exist through the broker once the service has started. They change nothing,
/// and the code from the queue to the trigger's transaction is compiled before the first real one.
/// </summary>
internal sealed class TriggerWarmup(IBus bus, TimeProvider time, IHostApplicationLifetime service, ILogger<TriggerWarmup> log) : BackgroundService
{
    const int Hints = 40;
    static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);

    protected override async Task ExecuteAsync(CancellationToken stop)
    {
        try
        {
            await service.WaitForStart(stop);
            using var unrecorded = SuppressTracing.Start("rehearsal");
            await Task.WhenAll(Enumerable.Range(0, Hints).Select(_ => bus.Publish(Hint(), stop))).WaitAsync(Timeout, stop);
        }
        catch (Exception e) when (!stop.IsCancellationRequested)
        {
            log.LogDebug("The warm-up ended early; the first messages take longer: {Reason}", e.Message);
        }
        catch (OperationCanceledException)
        {
            // stopping
        }
    }

    RaiseHint Hint() => new()
    {
        TriggerId = Guid.NewGuid(), Rule = "(rehearsal)", Source = "(rehearsal)", Labels = new Dictionary<string, string>(), From = time.GetUtcNow(),
        To = time.GetUtcNow(),
    };
}
