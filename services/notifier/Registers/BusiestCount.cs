using Sigma.Storage;
using Sigma.Storage.Counting;

namespace Sigma.Notifier.Registers;

/// <summary>Finds every 15 s which accounts and codes had the most alerts in the last 24 hours. Ten of each: a storm must not fill whatever keeps these figures.</summary>
internal sealed class BusiestCount(Database database, RegisterTable registers, NotifierTelemetry telemetry, ILogger<BusiestCount> log)
    : RepeatedCount("The busiest accounts cannot be counted", log)
{
    protected override async Task Count(CancellationToken ct)
    {
        await using var session = await database.Begin(ct);
        telemetry.Busiest(await registers.Busiest(session, "account_code", ct), await registers.Busiest(session, "code", ct));
    }
}

/// <summary>An account or a code, and how many alerts it had.</summary>
internal sealed class Busy
{
    public string Name { get; init; } = "";
    public long Alerts { get; init; }
}
