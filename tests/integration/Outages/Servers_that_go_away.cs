using System.Diagnostics;
using System.Net;
using Dapper;
using Microsoft.Extensions.DependencyInjection;
using Sigma.Evaluator;
using Sigma.Hosting.Messaging;
using Sigma.IntegrationTests.Evaluation;
using Sigma.IntegrationTests.Stations;
using Sigma.Storage;
using Sigma.TestServers;
using static Sigma.IntegrationTests.Evaluation.Batches;

namespace Sigma.IntegrationTests.Outages;

public sealed class Servers_that_go_away(ITestOutputHelper output)
{
    [Fact]
    public async Task The_database_is_killed_while_batches_come_in_and_no_alert_is_lost_when_it_is_back()
    {
        await using var database = await DatabaseServer.StartPrivate();
        await using var station = await Station.Create(output, database: database);
        var evaluator = await station.StartEvaluator();
        await station.Feed(evaluator, Slice(Noon.AddHours(-2), Noon, []));

        await database.Kill();
        await evaluator.Feed(Enumerable.Range(0, 30)
            .Select(i => Slice(Noon.AddMinutes(i), Noon.AddMinutes(i + 1), Burst(20, Noon.AddMinutes(i), $"{i}"))));
        var health = await station.Health(evaluator);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, health.Status);
        Assert.Contains("the database does not answer", health.Body);

        await database.Restart();
        await station.Alerts.UntilRaised(30);
        await station.Quiet();
        Assert.Equal(30, station.Alerts.Raised.Select(l => l.Label("account")).Distinct().Count());
        Assert.Equal(30, station.Alerts.Raised.Count);
        Assert.Equal(0u, await station.Mailbox.Waiting(EvaluatorQueues.EventBatches + "_error"));
    }

    [Fact]
    public async Task A_connection_that_breaks_while_a_trigger_decides_loses_no_alert()
    {
        await using var station = await Station.Create(output);
        var evaluator = await station.StartEvaluator();
        await using (var inTheWay = await station.Database.Open(CancellationToken.None))
        {
            await inTheWay.ExecuteAsync("lock tables evaluator_cleared write");
            await evaluator.Feed(Slice(Noon, Noon.AddMinutes(1), Burst(20, Noon)));
            var deciding = await Await.Until(() => station.Count(
                "select coalesce(max(id), 0) from information_schema.processlist where db = database() and info like 'select max(cleared_through)%'"),
                id => id > 0, "the trigger looks whether it was cleared");
            await station.Count($"kill {deciding}");
            await inTheWay.ExecuteAsync("unlock tables");
        }

        await station.Alerts.UntilRaised(1);
        Assert.Empty(station.Traffic.Faults);
        Assert.Equal(0u, await station.Mailbox.Waiting(EvaluatorQueues.Triggers + "_error"));
    }

    [Fact]
    public async Task The_broker_is_killed_and_comes_back_and_the_evaluator_goes_on_by_itself()
    {
        await using var broker = await RabbitMqServer.StartPrivate();
        await using var station = await Station.Create(output, broker);
        var evaluator = await station.StartEvaluator();
        await station.Feed(evaluator, Slice(Noon.AddHours(-2), Noon, []));

        // RabbitMQ 3.10 cannot always recover a quorum queue that is only seconds old when it is killed; after an orderly restart it is on disk.
        await broker.Restart();
        await Await.Until(() => station.Health(evaluator), health => health.Status == HttpStatusCode.OK, "the evaluator has found the broker again");

        // Taken by the broker, and mostly not yet worked on when it dies.
        await evaluator.Feed(Enumerable.Range(0, 30)
            .Select(i => Slice(Noon.AddMinutes(i), Noon.AddMinutes(i + 1), Burst(20, Noon.AddMinutes(i), $"{i}"))));
        await broker.Kill();
        await Await.Until(async () => (await station.Health(evaluator)).Body,
            body => body.Contains("\"broker\":") && !body.Contains("\"broker\":\"ok\""), "the evaluator says that the broker is missing");

        await broker.Restart();
        await Await.Until(() => Count("select count(*) from sigma_cloud_events_tracker_triggers"), raised => raised == 30,
            "all thirty keys are raised");
        await Await.Until(() => Count("select count(*) from outbox"), waiting => waiting == 0, "all thirty alerts are published");
        await evaluator.Feed(new Sigma.Contracts.OccurrencesExcused { Source = "segware", OccurrenceIds = ["after"] });
        await Await.Until(() => Count("select count(*) from evaluator_excused"), excused => excused == 1, "the excuse is stored",
            TimeSpan.FromSeconds(100));
        await Await.Until(() => station.Health(evaluator), health => health.Status == HttpStatusCode.OK, "the evaluator says that all is well");

        // In the place of the supervisor, which starts a process anew that has left because its bus is stuck.
        async Task<long> Count(string rows)
        {
            if (evaluator.Services.GetRequiredService<ExitDecision>().ExitCode != 0)
            {
                await station.Stop(evaluator);
                evaluator = await station.StartEvaluator();
            }
            return await station.Count(rows);
        }
    }

    [Fact]
    public async Task A_service_that_stops_while_the_broker_is_away_leaves_its_messages_to_the_next_one_at_once()
    {
        await using var broker = await RabbitMqServer.StartPrivate();
        await using var station = await Station.Create(output, broker);
        station.WithoutFaults("how soon they are left is the subject; a connection that breaks in its last moment makes that 20 s");
        var evaluator = await station.StartEvaluator();
        await evaluator.Feed(Slice(Noon, Noon.AddMinutes(1), Burst(20, Noon)));
        await station.Alerts.UntilRaised(1);

        await broker.Kill();
        await station.Count("""
            insert into outbox(owner, message_id, destination, content_type, message_type, body, headers, properties, sent_at, deliver_at, attempts)
            values('evaluator', unhex(replace(uuid(), '-', '')), 'exchange:Sigma.Contracts:OccurrencesExcused', 'application/vnd.masstransit+json',
            'urn:message:Sigma.Contracts:OccurrencesExcused',
              '{}', '{}', '{}', 0, 0, 0)
            """);
        await Await.Until(() => station.Count("select attempts from outbox"), attempts => attempts > 0, "the relay has the message in hand");
        await station.Stop(evaluator);

        var due = await station.Count("select deliver_at from outbox") - station.Clock.Milliseconds();
        await broker.Restart(); // the station takes its leave of it

        Assert.InRange(due, long.MinValue, 2_000);
    }

    [Fact]
    public async Task Every_exchange_is_durable_so_that_a_restart_of_the_broker_forgets_no_binding()
    {
        await using var station = await Station.Create(output);
        await station.StartEvaluator();
        foreach (var message in (string[])["Sigma.Contracts:EventBatch", "Sigma.Contracts:OccurrencesExcused", "Sigma.Evaluator.Triggers:RaiseDue",
            "Sigma.Evaluator.Triggers:ClearDue"])
            await station.Mailbox.AssertDurable(message);
    }

    [Fact]
    public async Task A_service_stops_within_ten_seconds_and_leaves_its_messages_to_the_others()
    {
        await using var station = await Station.Create(output);
        var evaluators = await Task.WhenAll(station.StartEvaluator(), station.StartEvaluator());
        var feeding = evaluators[1].Feed(Enumerable.Range(0, 60)
            .Select(i => Slice(Noon.AddMinutes(i), Noon.AddMinutes(i + 1), Burst(20, Noon.AddMinutes(i), $"{i}"))));

        var started = Stopwatch.GetTimestamp();
        await station.Stop(evaluators[0]);
        Assert.InRange(Stopwatch.GetElapsedTime(started).TotalSeconds, 0, 10);

        await feeding;
        await station.Alerts.UntilRaised(60);
        await station.Quiet();
        Assert.Equal(60, station.Alerts.Raised.Count);
    }
}
