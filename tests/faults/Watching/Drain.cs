using Dapper;
using Sigma.Faults.Stations;
using Sigma.Storage;

namespace Sigma.Faults.Watching;

/// <summary>Waits until everything that was begun is ended.</summary>
internal static class Drain
{
    static readonly TimeSpan Timeout = TimeSpan.FromMinutes(4), QuietFor = TimeSpan.FromSeconds(4);

    /// <summary>What is still open when patience ends; null when nothing is.</summary>
    public static async Task<string?> Wait(Station station, DateTimeOffset lastEvent, CancellationToken ct)
    {
        var started = TimeProvider.System.GetTimestamp();
        long? calmSince = null;
        var said = "";
        while (true)
        {
            var open = await Open(station, lastEvent, ct);
            if (open is not null)
                calmSince = null;
            else if (TimeProvider.System.GetElapsedTime(calmSince ??= TimeProvider.System.GetTimestamp()) > QuietFor)
                return null;
            if (TimeProvider.System.GetElapsedTime(started) > Timeout)
                return open;
            if (open is not null && open != said && TimeProvider.System.GetElapsedTime(started).TotalSeconds % 10 < 0.6)
                Progress.Say($"Waiting: {said = open}");
            await Task.Delay(500, ct);
        }
    }

    static async Task<string?> Open(Station station, DateTimeOffset lastEvent, CancellationToken ct)
    {
        await using var connection = await station.Database.Open(ct);
        var state = await connection.QuerySingleAsync<State>(new CommandDefinition(
            """
            select (select coalesce(max(covered_to), 0) from evaluator_coverage where source = 'segware') Covered,
              (select count(*) from sigma_cloud_events_tracker_triggers where trigger_id is not null) Raised,
              -- a step of an escalation that has ended may lie there for hours
              (select count(*) from outbox where deliver_at <= @now or attempts > 0) Outbox,
              (select count(*) from notifier_deliveries where state in ('pending', 'waiting', 'sending', 'held')) Deliveries
            """, new { now = TimeProvider.System.Milliseconds() }, cancellationToken: ct));
        var unheard = station.Alerts.All.Count(a => a.ClearedAt is null);
        var uncovered = lastEvent + TimeSpan.FromSeconds(35) - state.Covered.ToTime();
        return uncovered > TimeSpan.Zero ? $"{uncovered.TotalSeconds:0} s are not covered"
            : state.Raised + unheard + state.Outbox + state.Deliveries == 0 ? null
            : $"{state.Raised} triggers raised, {unheard} alerts not heard to clear, {state.Outbox} messages in the outbox, {state.Deliveries} "
                + $"deliveries open";
    }

    sealed record State
    {
        public long Covered { get; init; }
        public long Raised { get; init; }
        public long Outbox { get; init; }
        public long Deliveries { get; init; }
    }
}
