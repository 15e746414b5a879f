using MassTransit;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Sigma.Contracts;
using Sigma.IntegrationTests.Evaluation;
using Sigma.IntegrationTests.Poison;
using Sigma.IntegrationTests.Stations;
using Sigma.Notifier.Deliveries;
using Sigma.Storage;

namespace Sigma.IntegrationTests.Deliveries;

public sealed class Receivers_with_integrations(ITestOutputHelper output)
{
    const string Operators = "120363000000000000@g.us", Owner = "5511999990000", Late = "5511999991111";

    [Fact]
    public async Task Are_told_by_the_notifiers_that_have_them_in_their_settings()
    {
        await using var station = await Station.Create(output);
        station.WithoutFaults("each message is counted");
        var simulator = await station.StartSimulator();
        Set(station, ("operators", Operators), ("owner", Owner), ("late", Late));
        var first = await station.StartNotifier();
        Set(station, ("operators", Operators), ("owner", Owner));
        var second = await station.StartNotifier(); // of before the last change
        using var shell = new Shell(station);

        for (var account = 100; account < 120; account++)
            await first.Services.GetRequiredService<IBus>().Publish(Messages_that_cannot_be_processed.Alert($"{account}"));
        await Await.Until(() => station.Count("select count(distinct alert_id) from notifier_deliveries"), seen => seen == 20, "all are planned");
        await Await.Until(async () =>
        {
            station.Clock.Advance(TimeSpan.FromSeconds(5)); // the one who does not have it sends it on
            await Task.Delay(200);
            return await station.Count("select count(*) from notifier_deliveries where state <> 'sent'");
        }, open => open == 0, "all are told");
        await station.Quiet();

        var planned = await station.Count("select count(*) from notifier_deliveries where channel = 'late'");
        output.WriteLine($"{planned} of 20 alerts were planned by the notifier that has all three");
        Assert.Equal(20, simulator.Received.Messages.Count(m => m.Number == Operators));
        Assert.Equal(20, simulator.Received.Messages.Count(m => m.Number == Owner));
        Assert.Equal(planned, simulator.Received.Messages.Count(m => m.Number == Late));
        Assert.Empty(station.Traffic.Faults);
    }

    [Fact]
    public async Task Are_shown_by_name_and_those_that_went_are_done_with()
    {
        await using var station = await Station.Create(output);
        station.WithoutFaults("each message is counted");
        await station.StartSimulator();
        Set(station, ("operators", Operators), ("owner", Owner));
        var notifier = await station.StartNotifier();
        var alert = Messages_that_cannot_be_processed.Alert("100");
        await notifier.Feed(alert);
        await Await.Until(() => station.Count("select count(*) from notifier_deliveries where state = 'sent'"), seen => seen == 2, "both are told");
        using var before = new Shell(station);
        var (_, listed) = await before.Json("deliveries", "list", "--state", "sent");
        Assert.Equal(["operators …0000", "owner …0000"],
            listed.Select(line => $"{line.GetProperty("channel").GetString()} {line.GetProperty("recipient").GetString()}").Order());
        await station.Stop(notifier);

        Set(station, ("operators", Operators), ("late", Late));
        notifier = await station.StartNotifier();
        await notifier.Feed(new AlertCleared
        {
            AlertId = alert.AlertId, Rule = alert.Rule, Severity = alert.Severity, Source = alert.Source, Labels = alert.Labels, Count = 4,
            Threshold = alert.Threshold, Reason = "volume-normal", RaisedAt = alert.RaisedAt, ClearedAt = alert.RaisedAt.AddHours(1),
        });
        await Await.Until(() => station.Count("select count(*) from notifier_deliveries where kind = 'cleared' and state = 'sent'"),
            seen => seen == 1, "the one that stayed is told");
        using var shell = new Shell(station);
        Assert.Contains("owner", (await shell.Sigma("status")).Output);

        station.Clock.Advance(TimeSpan.FromMinutes(16));
        await ActivatorUtilities.GetServiceOrCreateInstance<Sweep>(notifier.Services).SendAgain(CancellationToken.None);
        Assert.Equal(1, await station.Count(
            """
            select count(*) from notifier_deliveries
            where channel = 'owner' and kind = 'cleared' and state = 'skipped' and reason like 'no receiver%'
            """));
        Assert.Equal(0, await station.Count("select count(*) from notifier_deliveries where channel = 'late'"));
        var unknown = await shell.Sigma("drill", "--channel", "owner");
        Assert.Equal((2, "There is no integration owner: operators, late.\n"), (unknown.ExitCode, unknown.Error.ReplaceLineEndings("\n")));
    }

    static void Set(Station station, params (string Name, string Recipient)[] integrations)
    {
        foreach (var key in station.Settings.Keys.Where(key => key.StartsWith("Notifier:Receivers:", StringComparison.Ordinal)).ToList())
            station.Settings.Remove(key);
        station.Settings["Notifier:Receivers:0:Name"] = "station";
        for (var i = 0; i < integrations.Length; i++)
            foreach (var (key, value) in new[]
                { ("Name", integrations[i].Name), ("Type", "whatsapp"), ("ChatPro:Recipient", integrations[i].Recipient) })
                station.Settings[$"Notifier:Receivers:0:Integrations:{i}:{key}"] = value;
    }
}
