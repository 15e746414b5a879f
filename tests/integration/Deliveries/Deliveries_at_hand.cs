using MassTransit;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Sigma.IntegrationTests.Poison;
using Sigma.IntegrationTests.Stations;
using Sigma.Notifier;
using Sigma.Notifier.Deliveries;
using Sigma.Storage;
using Fault = Sigma.Simulator.Faults.Fault;

namespace Sigma.IntegrationTests.Deliveries;

public sealed class Deliveries_at_hand(ITestOutputHelper output)
{
    const string SendMessage = "/instance/api/v1/send_message", Alarm = "/v3/events/alarm";

    [Fact]
    public async Task What_has_failed_is_sent_again_once_with_two_notifiers_however_often_it_is_asked_for()
    {
        await using var station = await Station.Create(output);
        station.WithoutFaults("each message is counted");
        var simulator = await station.StartSimulator();
        WebApplication[] notifiers = [await station.StartNotifier(), await station.StartNotifier()];
        IDisposable[] refusals = [simulator.Faults.Add(Fault.WithStatus(SendMessage, 400)), simulator.Faults.Add(Fault.WithStatus(Alarm, 400))];
        var alert = await Raise(notifiers[0]);
        await UntilStates(station, "failed", "failed");
        using var shell = new Shell(station);
        var (found, listed) = await shell.Json("deliveries", "list");
        Assert.Equal(0, found);
        Assert.Equal(["segware-alarm-event", "whatsapp"], listed.Select(line => line.GetProperty("channel").GetString()).Order());
        var whatsapp = listed.Single(line => line.GetProperty("channel").GetString() == "whatsapp");
        Assert.Equal("…0000", whatsapp.GetProperty("recipient").GetString());
        Assert.Equal((alert, "failed", 1),
            (whatsapp.GetProperty("alertId").GetGuid(), whatsapp.GetProperty("state").GetString(), whatsapp.GetProperty("tries").GetInt32()));
        Assert.Contains("400", whatsapp.GetProperty("reason").GetString());
        var text = (await shell.Sigma("deliveries", "list", "--alert", $"{alert}", "--channel", "whatsapp")).Output;
        output.WriteLine(text);
        Assert.Contains("account=100", text);
        Assert.DoesNotContain("120363000000000000", text);
        Assert.Equal(1, (await shell.Sigma("deliveries", "list", "--state", "sent")).ExitCode);
        foreach (var refusal in refusals)
            refusal.Dispose();
        station.Clock.Advance(TimeSpan.FromDays(2)); // longer than it mattered when it was raised

        var answers =
            await Task.WhenAll(Enumerable.Range(0, 4)
                .Select(_ => Task.Run(() => shell.Json("deliveries", "retry", "--id", $"{alert}", "--by", "Ana"))));
        Assert.Equal(2, answers.Sum(answer => answer.Lines.Count)); // of four who ask, one gets each
        await Sweep(notifiers);
        await UntilStates(station, "sent", "sent");
        await station.Quiet();

        Assert.Single(simulator.Received.Messages);
        Assert.Single(simulator.Received.AlarmEvents);
        Assert.Equal(1, await station.Count("select count(*) from sigma_cloud_alarm_events where status = 'sent'"));
        Assert.All((await shell.Json("deliveries", "list", "--state", "sent")).Lines,
            line => Assert.StartsWith("retried by Ana, ", line.GetProperty("reason").GetString()));
        foreach (var asked in (string[][])[["--id", $"{alert}"], ["--id", $"{whatsapp.GetProperty("deliveryId").GetGuid()}"],
            ["--id", $"{Guid.NewGuid()}"], ["--all", "--state", "failed"]])
            Assert.Equal(1, (await shell.Sigma(["deliveries", "retry", .. asked])).ExitCode);
        await Sweep(notifiers);
        await station.Quiet();
        Assert.Single(simulator.Received.Messages);
        Assert.Empty(station.Traffic.Faults);
    }

    [Fact]
    public async Task What_is_uncertain_is_sent_again_when_a_person_says_so_and_what_waits_or_was_sent_is_left_alone()
    {
        await using var station = await Station.Create(output);
        station.WithoutFaults("each message is counted");
        var simulator = await station.StartSimulator();
        station.Settings["Notifier:Channels:WhatsApp:WhenUncertain"] = "AskAPerson";
        station.Settings["Notifier:Channels:SegwareAlarmEvent:Enabled"] = "false";
        station.Settings["Notifier:Deliveries:RetryFrom"] = station.Settings["Notifier:Deliveries:RetryTo"] = "01:00:00";
        station.Settings["Notifier:Channels:WhatsApp:RaisedText"] = "{alertId}";
        station.Settings["ChatPro:Patience:Timeout"] = "00:00:01";
        station.Settings["ChatPro:Patience:BreakAfter"] = "1000";
        var notifier = await station.StartNotifier();
        var sent = await Raise(notifier);
        await UntilStates(station, "sent");
        Guid doubtful;
        using (simulator.Faults.Add(Fault.Hanging(SendMessage)))
        {
            doubtful = await Raise(notifier, "200");
            await UntilStates(station, "sent", "uncertain");
        }
        var waits = await Raise(notifier, "300");
        await UntilStates(station, "sent", "uncertain", "waiting"); // a call that fails holds the line
        using var shell = new Shell(station);
        Assert.Equal(["200", "300"],
            (await shell.Json("deliveries", "list")).Lines.Select(line => line.GetProperty("labels").GetProperty("account").GetString()).Order());
        Assert.Equal(2, (await shell.Sigma("deliveries", "retry", "--all")).ExitCode);
        Assert.Equal(2, (await shell.Sigma("deliveries", "retry", "--all", "--state", "sent")).ExitCode);
        Assert.Equal(1, (await shell.Sigma("deliveries", "retry", "--id", $"{sent}")).ExitCode);
        Assert.Equal(1, (await shell.Sigma("deliveries", "retry", "--all", "--state", "failed")).ExitCode);

        var (exitCode, retried) = await shell.Json("deliveries", "retry", "--all", "--state", "uncertain", "--state", "failed");

        Assert.Equal(0, exitCode);
        Assert.Equal("uncertain", Assert.Single(retried).GetProperty("was").GetString());
        Assert.StartsWith("retried by ", (await shell.Json("deliveries", "list", "--alert", $"{doubtful}")).Lines.Single().GetProperty("reason")
            .GetString());
        Assert.Equal(1, await station.Count("select count(*) from notifier_deliveries where state = 'waiting' and reason is null"));
        station.Clock.Advance(TimeSpan.FromMinutes(80)); // the hold is over
        await Sweep(notifier);
        await UntilStates(station, "sent", "sent", "sent");
        await station.Quiet();
        Assert.Equal(new[] { sent, doubtful, waits }.Select(id => $"{id}").Order(), simulator.Received.Messages.Select(m => m.Message).Order());
    }

    [Fact]
    public async Task Of_a_standalone_host_are_sent_again_through_its_file()
    {
        await using var station = await Station.Create(output);
        station.WithoutFaults("each message is counted");
        var folder = Directory.CreateTempSubdirectory("sigma-deliveries-");
        var file = Path.Combine(folder.FullName, "sigma.db");
        var simulator = await station.StartSimulator();
        (station.Settings["Storage:Provider"], station.Settings["Storage:ConnectionString"], station.Settings["Bus:Transport"]) =
            ("Sqlite", $"Data Source={file};Pooling=False", "InMemory");
        var notifier = await station.StartNotifier();
        using (var shell = new Shell(station))
        {
            using (simulator.Faults.Add(Fault.WithStatus(SendMessage, 400)))
            {
                await Raise(notifier);
                await Await.Until(() => shell.Sigma("deliveries", "list", "--state", "failed", "--data", file), answer => answer.ExitCode == 0,
                    "it has failed");
            }
            var answer = await shell.Sigma("deliveries", "retry", "--all", "--state", "failed", "--data", file);
            Assert.Equal(0, answer.ExitCode);
            Assert.Contains("1 delivery is due again. A notifier that runs takes it within 1 min 0 s.", answer.Output);
            output.WriteLine(answer.Output);
            await Sweep(notifier);
            await Await.Until(() => Task.FromResult(simulator.Received.Messages.Count), messages => messages == 1, "it has arrived");
        }
        await station.Stop(notifier);
        folder.Delete(recursive: true);
    }

    static async Task<Guid> Raise(WebApplication notifier, string account = "100")
    {
        var alert = Messages_that_cannot_be_processed.Alert(account);
        await notifier.Services.GetRequiredService<IBus>().Publish(alert);
        return alert.AlertId;
    }

    /// <summary>All of them at the same moment, as their schedule would within a minute.</summary>
    static Task Sweep(params WebApplication[] notifiers) =>
        Task.WhenAll(notifiers.Select(notifier => Task.Run(() => notifier.Services.GetRequiredService<Sweep>().Run(CancellationToken.None))));

    static Task UntilStates(Station station, params string[] states) => Await.Until(async () =>
    {
        await using var session = await station.Database.Begin(CancellationToken.None);
        return string.Join(", ",
            await session.Query<string>("select state from notifier_deliveries order by created_at", new { }, CancellationToken.None));
    }, seen => seen == string.Join(", ", states), $"the deliveries are {string.Join(", ", states)}");
}
