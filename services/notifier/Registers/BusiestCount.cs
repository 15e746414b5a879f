using Sigma.Storage;

namespace Sigma.Notifier.Registers;

/// <summary>Finds every 15 s which accounts and codes had the most alerts in the last 24 hours. Ten of each: a storm must not fill whatever keeps these figures.</summary>
internal sealed class BusiestCount(Database database, RegisterTable registers, NotifierTelemetry telemetry, ILogger<BusiestCount> log) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stop)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(15));
        try
        {
            do
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
            await using var session = await database.Begin(ct);
            telemetry.Busiest(await registers.Busiest(session, "account_code", ct), await registers.Busiest(session, "code", ct));
        }
        catch (Exception e) when (!ct.IsCancellationRequested)
        {
            log.LogDebug("The busiest accounts cannot be counted: {Reason}", e.Message);
        }
    }
}

/// <summary>An account or a code, and how many alerts it had.</summary>
internal sealed class Busy
{
    public string Name { get; init; } = "";
    public long Alerts { get; init; }
}
