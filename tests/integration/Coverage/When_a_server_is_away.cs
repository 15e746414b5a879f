using Sigma.IntegrationTests.Stations;
using Sigma.TestServers;
using static Sigma.IntegrationTests.Coverage.Watching;
using Fault = Sigma.Simulator.Faults.Fault;

namespace Sigma.IntegrationTests.Coverage;

/// <summary>A tracker that went blind says so although what it works with is away.</summary>
public sealed class When_a_server_is_away(ITestOutputHelper output)
{
    [Fact]
    public async Task A_broker_that_is_away_is_told_on_WhatsApp_while_it_is_away()
    {
        await using var broker = await RabbitMqServer.StartPrivate();
        await using var station = await Station.Create(output, broker);
        var (simulator, _) = await StartWatching(station);

        await broker.Kill();
        station.Clock.Advance(TimeSpan.FromMinutes(11));

        await Message(simulator, "Monitoramento parado");
        await broker.Restart();
    }

    [Fact]
    public async Task A_database_that_is_away_is_told_while_it_is_away_and_its_end_when_all_is_caught_up()
    {
        await using var database = await DatabaseServer.StartPrivate();
        await using var station = await Station.Create(output, database: database);
        var (simulator, fetcher) = await StartWatching(station);

        await database.Kill();
        station.Clock.Advance(TimeSpan.FromMinutes(11));
        await Message(simulator, "o banco de dados não responde");

        await database.Restart();
        await Await.Until(() => station.Count("select count(*) from notifier_notices where kind = 'warning' and state = 'sent'"), rows => rows == 1,
            "what was told is written down");
        await Message(simulator, "Monitoramento normalizado", fetcher);
        await AssertNothingElse(station, simulator, 2);
    }

    [Fact]
    public async Task A_warning_that_ChatPro_did_not_take_before_it_was_over_is_not_sent_any_more_and_its_end_is()
    {
        await using var station = await Station.Create(output);
        station.WithoutFaults("a try that fails comes again after five minutes, of a clock that stands still");
        station.Settings["Notifier:Deliveries:RetryFrom"] = station.Settings["Notifier:Deliveries:RetryTo"] = "00:05:00";
        var (simulator, fetcher) = await StartWatching(station);
        var down = simulator.Faults.Add(Fault.WithStatus("*/send_message", 503));
        station.Clock.Advance(TimeSpan.FromMinutes(11));
        await Await.Until(() => station.Count("select count(*) from notifier_notices where state = 'pending' and attempts > 0"), tried => tried == 1,
            "the warning has failed once");
        Assert.Equal(1, await station.Count("select attempts from notifier_notices"));

        down.Dispose();
        await Message(simulator, "Monitoramento normalizado", fetcher);
        station.Clock.Advance(TimeSpan.FromMinutes(7));
        await Await.Until(() => station.Count("select count(*) from notifier_notices where state = 'skipped'"), skipped => skipped == 1,
            "the warning is put away");
        await AssertNothingElse(station, simulator, 1);
    }
}
