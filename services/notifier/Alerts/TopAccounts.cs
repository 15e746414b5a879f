using Sigma.Storage;
using Sigma.Storage.Counting;

namespace Sigma.Notifier.Alerts;

/// <summary>
/// Finds every 15 s which accounts and codes had the most alerts in the last 24 hours. Ten of each: a storm must not multiply the time series.
/// </summary>
internal sealed class TopAccounts(Database database, AlertHistory history, NotifierTelemetry telemetry, ILogger<TopAccounts> log)
    : RepeatedCount("Counting the alerts of accounts failed", log)
{
    protected override async Task Count(CancellationToken ct)
    {
        await using var session = await database.Begin(ct);
        telemetry.TopAccounts(await history.Top(session, "account_code", ct), await history.Top(session, "code", ct));
    }
}

/// <summary>An account or a code, and how many alerts it had.</summary>
internal sealed class AlertCount
{
    public string Name { get; init; } = "";
    public long Alerts { get; init; }
}
