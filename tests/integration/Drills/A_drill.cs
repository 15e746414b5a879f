using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Sigma.Contracts;
using Sigma.Fetcher.Drills;
using Sigma.IntegrationTests.Evaluation;
using Sigma.IntegrationTests.Poison;
using Sigma.IntegrationTests.Stations;
using Sigma.Notifier.Receivers;
using Sigma.Simulator;
using Sigma.Simulator.Faults;

using EvaluatorSweep = Sigma.Evaluator.Drills.DrillSweep;
using NotifierSweep = Sigma.Notifier.Drills.DrillSweep;

namespace Sigma.IntegrationTests.Drills;

public sealed class A_drill(ITestOutputHelper output)
{
    const string Reports = """
        (select count(*) from sigma_cloud_events_tracker_registers) + (select count(*) from sigma_cloud_alarm_events)
          + (select count(*) from sigma_cloud_events_tracker_triggers)
        """;

    [Fact]
    public async Task Tells_of_every_hop_from_the_fetcher_to_a_receipt_on_each_channel_and_back_and_is_in_no_report()
    {
        await using var station = await Empty();
        station.Settings["Notifier:Drill:SegwareAccountId"] = "4711";
        var (simulator, notifier) = await Start(station);
        using var shell = Keyboard(station);
        var window = await station.Count("select max(unix_timestamp(started_at)) from sigma_cloud_events_tracker_window");

        var drill = shell.Json("drill");
        await Told(station, "raised", 2);
        Assert.Equal(0,
            await station.Count(
                "select (select count(*) from sigma_cloud_events_tracker_registers) + (select count(*) from sigma_cloud_alarm_events)"));
        station.Clock.Advance(Drill.Window);
        var (exitCode, lines) = await drill;

        Assert.True(exitCode == 0, string.Join('\n', lines));
        Assert.Equal(["taken", "published", "stored", "raised", "registered", "told", "told", "cleared", "end-registered", "end-told"],
            lines.SkipLast(1).Select(line => line.GetProperty("hop").GetString()));
        Assert.All(lines, line => Assert.Equal("pass", line.GetProperty("verdict").GetString()));
        Assert.Equal(["🔧 *Teste do rastreador, ignore*", "🔧 *Fim do teste do rastreador, ignore*"],
            simulator.Received.Messages.Select(m => m.Message.Split('\n')[0]));
        Assert.StartsWith("Teste do rastreador, ignore; ", Assert.Single(simulator.Received.AlarmEvents).Item.Complement);

        await station.Quiet();
        Assert.Equal(0, await station.Count($"select {Reports}"));
        Assert.Equal(window, await station.Count("select max(unix_timestamp(started_at)) from sigma_cloud_events_tracker_window"));
        Assert.Equal(0, await station.Count("select count(*) from notifier_watermarks where source = 'drill'"));
        Assert.Equal("drill", Assert.Single(station.Alerts.Raised).Message.GetProperty("source").GetString());
        Assert.Equal("drill", Assert.Single(station.Alerts.Cleared).Message.GetProperty("source").GetString());
        Assert.Equal(["segware-alarm-event", "whatsapp"], notifier.Services.GetRequiredService<ReceiverSet>().Channels.Select(c => c.Name).Order());
        Assert.Empty(station.Traffic.Faults);
    }

    [Fact]
    public async Task Names_the_hop_that_does_not_come_and_is_told_to_nobody_when_its_service_comes_back()
    {
        await using var station = await Empty();
        var simulator = await station.StartSimulator();
        await station.StartNotifier();
        await station.Stop(await station.StartEvaluator()); // its queue is there, it is not
        await station.StartFetcher();
        using var shell = Keyboard(station);

        var failed = await shell.Sigma("drill", "--timeout", "3");

        Assert.Equal(1, failed.ExitCode);
        Assert.Matches(@"pass +[\d.]+ s +the broker has its 3 events\n", failed.Output);
        Assert.Matches(
            @"FAIL +3\.\d s +nobody took the batch from evaluator\.event-batches: is an evaluator running\? "
                + @"\d+ wait in evaluator\.event-batches and nobody reads it\.\n",
            failed.Output);
        Assert.Contains("The drill FAILED", failed.Output);

        station.Clock.Advance(Drill.Life + TimeSpan.FromSeconds(10));
        await Await.Until(() => station.Count("select count(*) from drills where closed_at is not null and under_way is null"), ended => ended == 1,
            "the fetcher has ended it");
        await station.StartEvaluator();
        await station.Quiet();
        Assert.Empty(station.Alerts.Raised);
        Assert.Empty(simulator.Received.Messages);
        Assert.Equal(0, await station.Count($"select {Reports} + (select count(*) from evaluator_events) + (select count(*) from notifier_drills)"));
    }

    [Fact]
    public async Task Fails_on_the_channel_that_is_down_and_passes_on_the_other_and_no_alert_has_to_wait_for_it()
    {
        await using var station = await Empty();
        station.Settings["Notifier:Drill:SegwareAccountId"] = "4711";
        var (simulator, _) = await Start(station);
        using var shell = Keyboard(station);
        simulator.Faults.Add(Fault.WithStatus("*/send_message", 503));

        var drill = shell.Json("drill");
        await Await.Until(() => station.Count("select count(*) from notifier_deliveries where state in ('sent', 'failed')"), settled => settled == 2,
            "both channels were tried");
        Assert.Equal(0, await station.Count("select count(*) from notifier_recipients where failures > 0 or held_until > 0"));
        station.Clock.Advance(Drill.Window);
        var (exitCode, lines) = await drill;

        Assert.Equal(1, exitCode);
        string Of(string hop, string channel) =>
            Assert.Single(lines, l => l.TryGetProperty("channel", out var c) && c.GetString() == channel && l.GetProperty("hop").GetString() == hop)
                .GetRawText();
        Assert.Contains("\"verdict\":\"fail\"", Of("told", "whatsapp"));
        Assert.Contains("503", Of("told", "whatsapp"));
        Assert.Contains("\"verdict\":\"pass\"", Of("told", "segware-alarm-event"));
        Assert.Contains("\"verdict\":\"skip\"", Of("end-told", "whatsapp"));
        Assert.Single(simulator.Received.Calls, call => call.Path.EndsWith("send_message", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Of_a_channel_that_is_named_tries_no_other_and_fails_when_nobody_could_be_told()
    {
        await using var station = await Empty();
        var (simulator, _) = await Start(station);
        using var shell = Keyboard(station);

        var drill = shell.Sigma("drill", "--channel", "segware-alarm-event");
        await Await.Until(() => station.Count("select count(*) from notifier_drills"), registered => registered == 1, "it is registered");
        station.Clock.Advance(Drill.Window);
        var answer = await drill;

        Assert.Equal(1, answer.ExitCode);
        Assert.Matches(@"skip +[\d.]+ s +segware-alarm-event: set Notifier__Drill__SegwareAccountId", answer.Output);
        Assert.Contains("nobody was told", answer.Output);
        Assert.Empty(simulator.Received.Messages);
        Assert.Equal(2, (await shell.Sigma("drill", "--channel", "pigeon")).ExitCode);
    }

    [Fact]
    public async Task Is_taken_by_one_of_two_fetchers_and_brought_to_its_end_when_its_command_was_killed()
    {
        await using var station = await Empty();
        var (simulator, notifier) = await Start(station);
        await station.StartFetcher();
        await using var batches = await AmqpSubscriber.Open(station.Broker, "Sigma.Contracts:EventBatch");
        using var shell = Keyboard(station);
        var drills = new DrillTable(station.Database);
        var id = Guid.NewGuid();

        Assert.True(await drills.Request(id, "a command that is killed", Drill.AllChannels, CancellationToken.None));
        await Told(station, "raised", 1);
        var second = await shell.Sigma("drill");
        Assert.Equal(1, second.ExitCode);
        Assert.StartsWith("A drill is under way, and there is one at a time: a command that is killed asked for it ", second.Output);

        station.Clock.Advance(Drill.Window);
        await Told(station, "cleared", 1);
        await Await.Until(async () => (await drills.Find(id, CancellationToken.None))!.ClosedAt is not null, "its fetcher has written that down");
        Assert.Equal([3, 0], batches.Messages.Where(l => l.Message.GetProperty("source").GetString() == "drill")
            .Select(l => l.Message.GetProperty("events").GetArrayLength()));
        Assert.Equal(2, simulator.Received.Messages.Count);

        await station.Count($"update drills set asked_at = asked_at - {Drill.Life.TotalMilliseconds}; select 0"); // nobody can be waiting any more
        await Await.Until(async () => await drills.UnderWay(CancellationToken.None) is null, "another may begin");
        station.Clock.Advance(TimeSpan.FromMinutes(61));
        await Sweep<NotifierSweep>(notifier).Run(CancellationToken.None);
        Assert.Equal(0,
            await station.Count($"select {Reports} + (select count(*) from notifier_drills) + (select count(*) from notifier_deliveries)"));
    }

    [Fact]
    public async Task That_is_broken_off_before_it_began_never_begins()
    {
        await using var station = await Empty();
        await station.StartSimulator();
        await station.StartNotifier(); // for the tables; no fetcher
        using var shell = Keyboard(station);
        using var keys = new CancellationTokenSource();

        var drill = shell.Sigma(keys.Token, "drill");
        await Await.Until(() => station.Count("select count(*) from drills where under_way = 1"), asked => asked == 1, "it is asked for");
        await keys.CancelAsync();
        Assert.Equal(130, (await drill).ExitCode);
        Assert.Equal(0, await station.Count("select count(*) from drills where under_way = 1"));

        var answer = await shell.Sigma("drill", "--timeout", "1");
        Assert.Equal(1, answer.ExitCode);
        Assert.Matches(@"FAIL +1\.\d s +no fetcher took it: is one running, on this database\?", answer.Output);
        using var later = new CancellationTokenSource();
        var taken = shell.Sigma(later.Token, "drill");
        await Await.Until(() => station.Count("select count(*) from drills where under_way = 1"), asked => asked == 1, "another is asked for");
        await station.StartFetcher();
        await Await.Until(() => station.Count("select count(*) from drills where under_way = 1 and taken_at is not null"), seen => seen == 1,
            "that one begins");
        Assert.Equal(1, await station.Count("select count(*) from drills where taken_at is not null"));
        await later.CancelAsync();
        await taken;
    }

    [Fact]
    public async Task Is_cleared_in_the_end_when_its_quiet_time_was_lost()
    {
        await using var station = await Empty();
        await station.StartSimulator();
        await station.StartNotifier();
        var evaluator = await station.StartEvaluator();
        var drill = new DrillRequest
            { Id = Guid.NewGuid(), Channels = Drill.AllChannels, SliceTo = station.Clock.GetUtcNow().ToUnixTimeMilliseconds() };
        await station.Feed(evaluator, DrillBatches.Events(drill));
        Assert.Single(station.Alerts.Raised);

        station.Clock.Advance(TimeSpan.FromMinutes(1));
        await Sweep<EvaluatorSweep>(evaluator).Run(CancellationToken.None);
        await station.Quiet();
        Assert.Empty(station.Alerts.Cleared); // somebody may still wait for the proper way

        station.Clock.Advance(TimeSpan.FromMinutes(2));
        await Sweep<EvaluatorSweep>(evaluator).Run(CancellationToken.None);
        await station.Alerts.UntilCleared(1);
        await station.Quiet();
        Assert.Equal(0, await station.Count($"select {Reports}"));
    }

    async Task<Station> Empty([CallerMemberName] string test = "")
    {
        var station = await Station.Create(output, test: test);
        station.WithoutFaults("a drill is tried once, and tells of every fault it meets");
        return station;
    }

    static async Task<(SimulatorApp Simulator, WebApplication Notifier)> Start(Station station)
    {
        var simulator = await station.StartSimulator();
        var notifier = await station.StartNotifier();
        await station.StartEvaluator();
        await station.StartFetcher();
        await Await.Until(() => station.Count("select count(*) from sigma_cloud_events_tracker_window"), rows => rows > 0,
            "the first poll is counted");
        await station.Quiet();
        return (simulator, notifier);
    }

    static Shell Keyboard(Station station) =>
        new(station.Settings.Where(s => s.Key.StartsWith("RabbitMq:", StringComparison.Ordinal)
            || s.Key.StartsWith("Storage:", StringComparison.Ordinal)));

    static Task Told(Station station, string kind, int channels) =>
        Await.Until(() => station.Count($"select count(*) from notifier_deliveries where kind = '{kind}' and state = 'sent'"),
        told => told == channels, $"{channels} channels are told that it is {kind}");

    static T Sweep<T>(WebApplication service) => ActivatorUtilities.CreateInstance<T>(service.Services);
}
