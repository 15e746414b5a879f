using System.Diagnostics;
using Dapper;
using MassTransit;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Sigma.Contracts;
using Sigma.IntegrationTests.Evaluation;
using Sigma.IntegrationTests.Stations;
using Sigma.TestServers;
using static Sigma.IntegrationTests.Evaluation.Batches;

namespace Sigma.IntegrationTests.Retention;

/// <summary>On a database server of its own, whose lock statistics are then this test's alone.</summary>
public sealed class Purging_under_load(ITestOutputHelper output)
{
    const int Old = 40_000, EventsPerBatch = 500, KeysPerBatch = 25;
    // a purge in one piece holds its rows for longer, whatever the machine does beside
    static readonly TimeSpan LongestLockWait = TimeSpan.FromSeconds(10);

    int _batches;

    [Fact]
    public async Task Batches_are_counted_and_raised_while_two_evaluators_purge_hundreds_of_thousands_of_rows()
    {
        await using var server = await DatabaseServer.StartPrivate();
        await using var station = await Station.Create(output, database: server);
        station.WithoutFaults("how long things take under load is the subject");
        var evaluators = new[] { await station.StartEvaluator(), await station.StartEvaluator() };
        Durations<EventBatch> durations = new();
        foreach (var evaluator in evaluators)
            evaluator.Services.GetRequiredService<IBusControl>().ConnectReceiveObserver(durations);
        var now = station.Clock.GetUtcNow();
        await station.Feed(evaluators[0], Slice(now.AddHours(-5), now, []));

        await OldRows.Evaluator(station, Old, now.AddDays(-3));
        await Plan.Uses(station, "delete from evaluator_window where occurred_at < 1000000000000 order by occurred_at limit 500",
            "ix_evaluator_window_time");
        await Plan.Uses(station, "delete from evaluator_events where occurred_at < 1000000000000 order by occurred_at limit 500",
            "ix_evaluator_events_time");
        await Plan.Uses(station, "delete from evaluator_occurrences where last_at < 1000000000000 order by last_at limit 500",
            "ix_evaluator_occurrences_time");
        await Plan.Uses(station, "delete from evaluator_parts where slice_to < 1000000000000 order by slice_to limit 500", "ix_evaluator_parts_time");
        await Plan.Uses(station, "delete from evaluator_cleared where cleared_through < 1000000000000 order by cleared_through limit 500",
            "ix_evaluator_cleared_time");
        await Plan.Uses(station, "delete from evaluator_excused where excused_at < 1000000000000 order by excused_at limit 500",
            "ix_evaluator_excused_time");

        await Feed(station, evaluators[0], now, 20); // warm
        durations.Take();
        await Feed(station, evaluators[0], now, 40);
        var without = durations.Take();

        var started = Stopwatch.GetTimestamp();
        var purging =
            Task.WhenAll(
                evaluators.Select(e => Task.Run(() => e.Services.GetRequiredService<Evaluator.Retention.Purge>().Run(CancellationToken.None))));
        while (!purging.IsCompleted)
            await Feed(station, evaluators[0], now, 10);
        await purging;
        var took = Stopwatch.GetElapsedTime(started);
        var during = durations.Take();
        var (waits, longest) = await LockWaits(station);
        output.WriteLine($"""
            {server.Kind} {server.Version}: {5 * Old} rows purged by two evaluators in {took.TotalSeconds:0.0} s
            batches of {EventsPerBatch} events without a purge: {without}
            batches of {EventsPerBatch} events during the purge: {during}
            row locks waited for since the server started: {waits}, the longest {longest.TotalMilliseconds:0} ms
            """);

        await station.Quiet();
        await station.Alerts.UntilRaised(_batches);
        Assert.Empty(station.Traffic.Faults);
        Assert.Equal(0,
            await station.Count($"select count(*) from evaluator_events where occurred_at < {now.AddHours(-5).ToUnixTimeMilliseconds()}"));
        Assert.Equal(0,
            await station.Count($"select count(*) from evaluator_window where occurred_at < {now.AddHours(-5).ToUnixTimeMilliseconds()}"));
        Assert.Equal(0, await station.Count($"select count(*) from evaluator_parts where slice_to < {now.AddDays(-1).ToUnixTimeMilliseconds()}"));
        Assert.Equal(0, await station.Count("select count(*) from evaluator_excused"));
        Assert.Equal(0, await station.Count("select count(*) from evaluator_cleared"));
        Assert.Equal(_batches * EventsPerBatch, await station.Count("select count(*) from evaluator_events"));
        Assert.Equal(_batches * EventsPerBatch, await station.Count("select count(*) from evaluator_window"));
        Assert.Equal(_batches, station.Alerts.Raised.Select(l => l.Label("account")).Distinct().Count());
        Assert.Equal(_batches, station.Alerts.Raised.Count);
        Assert.InRange(longest, TimeSpan.Zero, LongestLockWait);
        Assert.True(during.Sorted.Count >= 20, $"only {during.Sorted.Count} batches came during the purge");
        // Generous: other tests use the same processors.
        Assert.InRange(during.Median, 0, Math.Max(8 * without.Median, 500));
        Assert.InRange(during.P95, 0, Math.Max(8 * without.P95, 2000));
    }

    [Fact]
    public async Task Alerts_are_written_down_and_told_while_two_notifiers_purge_and_slices_are_forgotten()
    {
        await using var server = await DatabaseServer.StartPrivate();
        await using var station = await Station.Create(output, database: server);
        station.WithoutFaults("how long things take under load is the subject");
        var simulator = await station.StartSimulator();
        station.Settings["Notifier:Channels:WhatsApp:ParallelCalls"] = "8";
        var notifiers = new[] { await station.StartNotifier(), await station.StartNotifier() };
        var fetcher = await station.StartFetcher();
        Durations<AlertRaised> durations = new();
        foreach (var notifier in notifiers)
            notifier.Services.GetRequiredService<IBusControl>().ConnectReceiveObserver(durations);
        const int rows = 25_000;
        await OldRows.Notifier(station, rows, station.Clock.GetUtcNow().AddDays(-400));
        await OldRows.Slices(station, rows, station.Clock.GetUtcNow().AddDays(-100));

        await Plan.Uses(station,
            "select id from sigma_cloud_events_tracker_registers where created_at < '2020-01-01' and (alert_id is null or cleared_at is not null) "
                + "order by created_at limit 500",
            "ix_registers_created");
        await Plan.Uses(station, "select id from sigma_cloud_alarm_events where created_at < '2020-01-01' order by created_at limit 500",
            "ix_alarm_events_created");
        await Plan.Uses(station, "delete from notifier_accounts where refreshed_at < 1000000000 order by refreshed_at limit 500",
            "ix_accounts_refreshed");
        await Plan.Uses(station, """
            select d.delivery_id from notifier_deliveries d left join sigma_cloud_events_tracker_registers r on r.alert_id = d.alert_id
            where d.settled_at < 1000000000 and d.state not in ('pending', 'sending', 'uncertain') and (r.id is null or r.cleared_at is not null)
            order by d.settled_at limit 500
            """, "ix_deliveries_settled");

        var told = 0;
        async Task Tell(int alerts)
        {
            var before = durations.Count;
            await notifiers[0].Feed(Enumerable.Range(told, alerts).Select(Alert));
            told += alerts;
            await Await.Until(() => Task.FromResult(durations.Count), seen => seen >= before + alerts, "the alerts are written down");
        }
        await Tell(20);
        durations.Take();
        await Tell(40);
        var without = durations.Take();

        var started = Stopwatch.GetTimestamp();
        var purging =
            Task.WhenAll([
                .. notifiers.Select(n => Task.Run(() => n.Services.GetRequiredService<Notifier.Retention.Purge>().Run(CancellationToken.None))),
                Task.Run(() => fetcher.Service.Services.GetRequiredService<Fetcher.Coverage.SlicePurge>().Run(CancellationToken.None))]);
        while (!purging.IsCompleted)
            await Tell(5);
        await purging;
        var took = Stopwatch.GetElapsedTime(started);
        var during = durations.Take();
        var (waits, longest) = await LockWaits(station);
        output.WriteLine($"""
            {server.Kind} {server.Version}: {5 * rows} rows purged by two notifiers and a fetcher in {took.TotalSeconds:0.0} s
            alerts without a purge: {without}
            alerts during the purge: {during}
            row locks waited for since the server started: {waits}, the longest {longest.TotalMilliseconds:0} ms
            """);

        Assert.Empty(station.Traffic.Faults);
        Assert.Equal(told, await station.Count("select count(*) from sigma_cloud_events_tracker_registers"));
        Assert.Equal(2 * told, await station.Count("select count(*) from notifier_deliveries"));
        Assert.Equal(0, await station.Count("select count(*) from sigma_cloud_alarm_events where created_at < '2026-01-01'"));
        Assert.Equal(0, await station.Count("select count(*) from notifier_accounts where account like 'old-%'"));
        Assert.Equal(0,
            await station.Count(
                $"select count(*) from fetcher_slices where slice_to < {station.Clock.GetUtcNow().AddDays(-31).ToUnixTimeMilliseconds()}"));
        Assert.InRange(longest, TimeSpan.Zero, LongestLockWait);
        Assert.InRange(during.P95, 0, Math.Max(8 * without.P95, 2000));
        GC.KeepAlive(simulator);
    }

    async Task Feed(Station station, WebApplication evaluator, DateTimeOffset now, int batches)
    {
        await evaluator.Feed(Enumerable.Range(_batches, batches).Select(number => Batch(number, now)));
        _batches += batches;
        await Await.Until(() => station.Count("select count(*) from evaluator_parts where slice_from > " + now.AddHours(-1).ToUnixTimeMilliseconds()),
            done => done == _batches, "all batches are stored", TimeSpan.FromSeconds(120));
    }

    /// <summary>One key over its threshold of twenty, the others below.</summary>
    static EventBatch Batch(int number, DateTimeOffset now)
    {
        var from = now.AddMilliseconds(number);
        return Slice(from, from.AddMilliseconds(1), Enumerable.Range(0, EventsPerBatch).Select(i =>
        {
            var key = i < 2 * KeysPerBatch ? 0 : 1 + i % (KeysPerBatch - 1);
            return Event($"{number}-{i}", from, key == 0 ? $"hot-{number}" : $"{number}-{key}-{i % 40}");
        }));
    }

    static AlertRaised Alert(int number) => new()
    {
        AlertId = Guid.NewGuid(), Rule = "excess-of-events", Severity = "warning", Source = "segware", Count = 25, Threshold = 20,
        Labels = new Dictionary<string, string> { ["account"] = $"{300_000 + number % 20}", ["cuc"] = "ALR", ["code"] = $"E{number}" },
        WindowFrom = TimeProvider.System.GetUtcNow().AddHours(-2), WindowTo = TimeProvider.System.GetUtcNow(),
        FirstEventAt = TimeProvider.System.GetUtcNow(), LastEventAt = TimeProvider.System.GetUtcNow(),
        RaisedAt = TimeProvider.System.GetUtcNow(),
    };

    static async Task<(long Waits, TimeSpan Longest)> LockWaits(Station station)
    {
        await using var connection = await station.Database.Open(CancellationToken.None);
        var status = (await connection.QueryAsync<(string Name, string Value)>("show global status like 'Innodb_row_lock%'"))
            .ToDictionary(row => row.Name, row => long.Parse(row.Value, System.Globalization.CultureInfo.InvariantCulture),
                StringComparer.OrdinalIgnoreCase);
        return (status["Innodb_row_lock_waits"], TimeSpan.FromMilliseconds(status["Innodb_row_lock_time_max"]));
    }
}
