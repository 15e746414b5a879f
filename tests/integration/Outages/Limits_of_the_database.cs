using System.Net;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Sigma.Evaluator;
using Sigma.Hosting.Messaging;
using Sigma.IntegrationTests.Evaluation;
using Sigma.IntegrationTests.Stations;
using Sigma.Notifier;
using Sigma.TestServers;
using static Sigma.IntegrationTests.Evaluation.Batches;

namespace Sigma.IntegrationTests.Outages;

/// <summary>The server is there and refuses: that is no message's fault.</summary>
public sealed partial class Limits_of_the_database(ITestOutputHelper output)
{
    const int Keys = 30;

    static readonly string[] Queues = [.. EvaluatorQueues.All, .. NotifierQueues.All];

    [Fact]
    public async Task An_account_without_a_connection_left_holds_up_batches_triggers_and_coverage_says_so_and_loses_no_alert()
    {
        await using var station = await Station.Create(output);
        station.WithoutFaults("what a service says at a moment is looked at");
        await using var account = await LimitedAccount.Create(station);
        var simulator = await station.StartSimulator();
        var evaluator = await station.StartEvaluator();
        await station.StartNotifier();

        await Feed(evaluator, 0);
        await account.TakeAllConnections();
        await Feed(evaluator, Keys);
        await evaluator.Feed(new Contracts.CoverageReported { Source = "segware", Watermark = Noon, ReportedAt = Noon });
        var health = await Await.Until(() => station.Health(evaluator), seen => Waiting().IsMatch(seen.Body),
            "the evaluator says that batches wait, and why", TimeSpan.FromSeconds(100));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, health.Status);

        await account.GiveBackConnections();
        await station.Alerts.UntilRaised(2 * Keys);
        await station.Quiet();
        await AssertNothingLost(station, 2 * Keys);
        await Await.Until(() => Task.FromResult(simulator.Received.Messages.Count), told => told == 2 * Keys, "everybody is told",
            TimeSpan.FromSeconds(100));
        await Await.Until(() => station.Health(evaluator), seen => seen.Status == HttpStatusCode.OK, "the evaluator says that all is well");
    }

    [Theory]
    [InlineData("with max_queries_per_hour 1", "with max_queries_per_hour 0")]
    [InlineData("account lock", "account unlock")]
    public async Task An_account_that_is_limited_for_a_while_loses_no_alert(string limit, string noLimit)
    {
        await using var station = await Station.Create(output);
        await using var account = await LimitedAccount.Create(station, pooling: false);
        var evaluator = await station.StartEvaluator();
        await station.Feed(evaluator, Slice(Noon.AddHours(-2), Noon, []));

        await account.Change(limit);
        await Feed(evaluator, 0);
        await UntilTriedInVain(evaluator);
        await account.Administer("flush user_resources");
        await account.Change(noLimit);

        await station.Alerts.UntilRaised(Keys);
        await station.Quiet();
        await AssertNothingLost(station, Keys);
    }

    [Fact]
    public async Task A_server_that_only_reads_or_takes_no_more_connections_loses_no_alert()
    {
        await using var database = await DatabaseServer.StartPrivate();
        await using var station = await Station.Create(output, database: database);
        await using var account = await LimitedAccount.Create(station);
        var evaluator = await station.StartEvaluator();
        await station.Feed(evaluator, Slice(Noon.AddHours(-2), Noon, []));

        await account.Administer("set global read_only = 1");
        await Feed(evaluator, 0);
        await UntilTriedInVain(evaluator);
        await account.Administer("set global read_only = 0");
        await station.Alerts.UntilRaised(Keys);

        await using (await Connections.Take(station, 12)) // the fewest there can be are 10
        {
            await account.Administer("set global max_connections = 10");
            await account.Change("with max_user_connections 0"); // ends its sessions
            await Feed(evaluator, Keys);
            await UntilTriedInVain(evaluator);
            await account.Administer("set global max_connections = 500");
        }

        await station.Alerts.UntilRaised(2 * Keys);
        await station.Quiet();
        await AssertNothingLost(station, 2 * Keys);
    }

    [Fact]
    public async Task A_service_that_starts_meanwhile_waits_and_says_why()
    {
        await using var station = await Station.Create(output);
        await using var account = await LimitedAccount.Create(station);
        await account.TakeAllConnections();
        station.Settings["Storage:DenialPatience"] = "00:00:00";

        await using var evaluator = RunningService.Start("Evaluator", station.Settings);
        await evaluator.UntilSays(HttpStatusCode.ServiceUnavailable, "max_user_connections");
        await account.GiveBackConnections();
        await evaluator.UntilSays(HttpStatusCode.OK, "\"database\":\"ok\"");
    }

    static Task Feed(WebApplication evaluator, int first) =>
        evaluator.Feed(Enumerable.Range(first, Keys)
            .Select(i => Slice(Noon.AddMinutes(i), Noon.AddMinutes(i + 1), Burst(20, Noon.AddMinutes(i), $"{i}"))));

    static Task UntilTriedInVain(WebApplication service) => Await.Until(
        () =>
            Task.FromResult(
                service.Services.GetRequiredService<Retries>().Delays.FirstOrDefault(
                    delay => delay.Endpoint == EvaluatorQueues.EventBatches)?.Longest),
        longest => longest > TimeSpan.FromSeconds(4), "batches have been tried for some seconds");

    static async Task AssertNothingLost(Station station, int keys)
    {
        Assert.Equal(keys, station.Alerts.Raised.Count);
        Assert.Equal(keys, station.Alerts.Raised.Select(l => l.Label("account")).Distinct().Count());
        foreach (var queue in Queues)
            Assert.Equal((queue, 0u), (queue, await station.Mailbox.Waiting(queue + "_error")));
    }

    [GeneratedRegex(@"""messages"":"".*\d+ messages? of evaluator\.event-batches ha(ve|s) waited for \d+ s: \S")]
    private static partial Regex Waiting();

    sealed class Connections(List<System.Data.Common.DbConnection> open) : IAsyncDisposable
    {
        public static async Task<Connections> Take(Station station, int count)
        {
            List<System.Data.Common.DbConnection> open = [];
            while (open.Count < count)
                open.Add(await station.Database.Open(CancellationToken.None));
            return new(open);
        }

        public async ValueTask DisposeAsync()
        {
            foreach (var connection in open)
                await connection.DisposeAsync();
        }
    }
}
