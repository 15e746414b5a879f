using Sigma.IntegrationTests.Evaluation;
using Sigma.IntegrationTests.Poison;
using Sigma.IntegrationTests.Stations;

namespace Sigma.IntegrationTests.Routing;

public sealed class Routes_that_people_make(ITestOutputHelper output)
{
    [Fact]
    public async Task Are_put_shown_and_rolled_back_by_command_while_two_notifiers_run()
    {
        await using var station = await Station.Create(output);
        station.WithoutFaults("each message is counted");
        var simulator = await station.StartSimulator();
        foreach (var (index, name, number) in new[] { (0, "operators", "120363000000000000@g.us"), (1, "owner", "5511999990000") })
        {
            var receiver = $"Notifier:Receivers:{index}:";
            station.Settings[receiver + "Name"] = name;
            station.Settings[receiver + "Integrations:0:Name"] = $"{name}-group";
            station.Settings[receiver + "Integrations:0:Type"] = "whatsapp";
            station.Settings[receiver + "Integrations:0:ChatPro:Recipient"] = number;
        }
        var notifiers = await Task.WhenAll(station.StartNotifier(), station.StartNotifier());
        using var shell = new Shell(station);
        Assert.Equal(1, (await shell.Sigma("routes", "history")).ExitCode);
        var file = Path.Combine(shell.Folder, "whom.json");
        await File.WriteAllTextAsync(file, """{ "Routes": [ { "Name": "holiday", "Matchers": ["code=E130"], "Receiver": "owner" } ] }""");

        Assert.Equal(0, (await shell.Sigma("routes", "test", "code=E130", "--file", file, "--expect", "owner")).ExitCode);
        Assert.Equal(1, (await shell.Sigma("routes", "test", "code=E130", "--live", "--expect", "owner")).ExitCode);
        var (put, said) = await shell.Json("routes", "put", file, "--by", "Ana", "--why", "holiday");
        Assert.Equal((0, 1L), (put, said.Single().GetProperty("revision").GetInt64()));
        Assert.Equal(0, (await shell.Sigma("routes", "test", "code=E130", "--live", "--expect", "owner")).ExitCode);
        Assert.Contains("\"holiday\"", (await shell.Sigma("routes", "show")).Output);
        station.Clock.Advance(TimeSpan.FromSeconds(2));
        await notifiers[0].Feed(Enumerable.Range(100, 10).Select(account => Messages_that_cannot_be_processed.Alert($"{account}")));
        await Sent(10);
        Assert.All(simulator.Received.Messages, message => Assert.Equal("5511999990000", message.Number));

        var doctor = await shell.Json("doctor");
        Assert.True(doctor.Lines.Single(line => line.GetProperty("check").GetString() == "routes").GetProperty("ok").GetBoolean());
        station.Settings["Notifier:Receivers:1:Name"] = "boss";
        using (var changed = new Shell(station.Settings))
        {
            var routes = (await changed.Json("doctor")).Lines.Single(line => line.GetProperty("check").GetString() == "routes");
            Assert.Contains("Routes.0.Receiver is owner, which is none of the receivers", routes.GetProperty("detail").GetString());
        }
        station.Settings["Notifier:Receivers:1:Name"] = "owner";

        await File.WriteAllTextAsync(file, """{ "Routes": [ { "Name": "holiday", "Receiver": "nobody" } ] }""");
        var refused = await shell.Sigma("routes", "put", file);
        Assert.Equal((1, "WRONG: Routes.0.Receiver is nobody, which is none of the receivers: operators, owner\nNothing is changed.\n"),
            (refused.ExitCode, refused.Output.ReplaceLineEndings("\n")));
        await File.WriteAllTextAsync(file, "{}");
        Assert.Equal(0, (await shell.Sigma("routes", "put", file, "--by", "Rui")).ExitCode);
        station.Clock.Advance(TimeSpan.FromSeconds(2));
        await notifiers[1].Feed(Messages_that_cannot_be_processed.Alert("200"));
        await Sent(11);
        Assert.Equal("120363000000000000@g.us", simulator.Received.Messages[^1].Number);
        Assert.Equal(0, (await shell.Sigma("routes", "rollback", "--to", "1", "--by", "Ana")).ExitCode);
        Assert.Equal(["rolled back to 1", "changed", "changed"],
            (await shell.Json("routes", "history")).Lines.Select(line => line.GetProperty("change").GetString()));
        Assert.Contains("holiday", (await shell.Sigma("routes", "show", "--revision", "1")).Output);
        var alert = Messages_that_cannot_be_processed.Alert("300");
        station.Clock.Advance(TimeSpan.FromSeconds(2));
        await notifiers[1].Feed(alert);
        await Sent(12);
        var telling = await shell.Sigma("alerts", "telling", $"{alert.AlertId}");
        output.WriteLine(telling.Output);
        Assert.Contains("owner by holiday", telling.Output);
        Assert.Equal(1, (await shell.Sigma("alerts", "telling", $"{Guid.NewGuid()}")).ExitCode);
        Assert.Empty(station.Traffic.Faults);

        Task Sent(int number) => Await.Until(() => station.Count("select count(*) from notifier_deliveries where state = 'sent'"),
            sent => sent == number, $"{number} are told");
    }
}
