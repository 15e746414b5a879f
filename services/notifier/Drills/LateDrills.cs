using Sigma.Contracts;
using Sigma.Notifier.Alerts;
using Sigma.Storage;

namespace Sigma.Notifier.Drills;

/// <summary>A notifier that was away begins no drill nobody waits for any more; one that was begun is brought to its end, however late.</summary>
internal sealed class LateDrills(AlertHistory history, TimeProvider time, ILogger<LateDrills> log)
{
    public async Task<bool> Includes(DbSession session, Guid alert, string source, DateTimeOffset raisedAt, CancellationToken ct)
    {
        if (!Drill.Is(source) || time.GetUtcNow() - raisedAt <= Drill.Life || await history.Find(session, alert, ct) is not null)
            return false;
        log.LogInformation("A drill of {RaisedAt:HH:mm:ss} is too late and is skipped", raisedAt);
        return true;
    }
}
