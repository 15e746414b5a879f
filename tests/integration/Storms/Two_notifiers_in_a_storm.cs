using System.Text.RegularExpressions;
using MassTransit;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Sigma.Contracts;
using Sigma.IntegrationTests.Stations;
using Sigma.Notifier.Receivers;
using Sigma.Notifier.Deliveries;
using Sigma.Simulator;
using Fault = Sigma.Simulator.Faults.Fault;

namespace Sigma.IntegrationTests.Storms;

public sealed partial class Two_notifiers_in_a_storm(ITestOutputHelper output)
{
    const string SendMessage = "/instance/api/v1/send_message";

    [Fact]
    public async Task Say_five_hundred_alerts_in_a_handful_of_messages_that_name_each_once()
    {
        await using var station = await Station.Create(output);
        var (simulator, notifiers) = await Start(station);
        var alerts = await Raise(notifiers[0], 500);
        await UntilSent(station, 500);
        await station.Quiet();

        Assert.InRange(simulator.Received.Messages.Count, 5, 10);
        Assert.Equal(alerts.Order(), Told(simulator).Order());
        Assert.Empty(station.Traffic.Faults);
        if (station.Faults is null) // else a try may have been disturbed
            Assert.Equal(1, await station.Count("select max(attempts) from notifier_deliveries"));
    }

    [Fact]
    public async Task Follow_one_another_when_one_is_gone_in_the_middle_of_a_digest()
    {
        await using var station = await Station.Create(output);
        var (simulator, notifiers) = await Start(station);
        var hold = simulator.Faults.Add(Fault.Hanging(SendMessage));
        var alerts = await Raise(notifiers[0], 150);
        await hold.Struck(CancellationToken.None);
        await Await.Until(() => station.Count("select count(*) from notifier_deliveries where state in ('waiting', 'sending')"), seen => seen >= 150,
            "they wait");

        await station.Stop(notifiers[1]); // whatever it has in hand stays claimed, as after a crash
        hold.Dispose();
        await UntilSent(station, 150);
        await station.Quiet();

        Assert.Equal(alerts.Order(), Told(simulator).Distinct().Order());
        Assert.InRange(simulator.Received.Messages.Count, 2, 12);
    }

    [Fact]
    public async Task Hold_back_together_when_one_of_them_is_told_that_it_is_too_much()
    {
        await using var station = await Station.Create(output);
        station.Settings["ChatPro:Patience:RetryAfterLimit"] = "00:30:00";
        var (simulator, notifiers) = await Start(station);
        simulator.Faults.Add(Fault.TooMany(SendMessage, TimeSpan.FromMinutes(20)) with { Count = 1 });
        var alerts = await Raise(notifiers[0], 60);
        await Await.Until(() => station.Count("select count(*) from notifier_deliveries where state in ('waiting', 'sent')"), seen => seen >= 59,
            "all wait");
        await station.Quiet();
        var soon = simulator.Received.Messages.Count; // a call of the other notifier that was under way when the first was refused

        station.Clock.Advance(TimeSpan.FromMinutes(15));
        await Await.Until(() => station.Count("select count(*) from notifier_deliveries where channel = 'whatsapp' and state = 'sending'"),
            seen => seen == 0, "nothing is under way");
        await station.Quiet();
        Assert.Equal(soon, simulator.Received.Messages.Count);

        await UntilSent(station, 60);
        Assert.Equal(alerts.Order(), Told(simulator).Order());
    }

    [Fact]
    public async Task Take_no_more_turns_than_there_are_however_many_ask_at_the_same_moment()
    {
        await using var station = await Station.Create(output);
        station.WithoutFaults("a turn that the test takes by a commit whose answer is lost is one it cannot count");
        station.Settings["Notifier:Channels:WhatsApp:DigestSize"] = "6";
        var (simulator, notifiers) = await Start(station);
        await Raise(notifiers[0], 90);
        await Await.Until(() => station.Count("select count(*) from notifier_deliveries where state in ('waiting', 'sent')"), seen => seen == 90,
            "they have come into the line");
        await Await.Until(() => station.Count("select count(*) from notifier_deliveries where state = 'sent'"), seen => seen >= 5,
            "the first turns are taken");
        var before = simulator.Received.Messages.Count;
        Assert.Equal(5, before);

        station.Clock.Advance(TimeSpan.FromMinutes(5.5)); // five turns
        var claims = await Task.WhenAll(Enumerable.Range(0, 40).Select(i => Task.Run(async () =>
        {
            var services = notifiers[i % 2].Services;
            return await services.GetRequiredService<DeliveryLedger>()
                .Take(services.GetRequiredService<ReceiverSet>().Find("whatsapp")!, new RecipientSlotDue { At = 0 }, CancellationToken.None);
        })));
        var taken = claims.OfType<Claim>().SelectMany(c => c.Parts).Select(p => p.Delivery.Id).ToList();
        await Await.Until(() => station.Count("select count(*) from notifier_deliveries where state = 'sending'"), seen => seen == taken.Count,
            "only what the test took is in hand");

        Assert.Equal(5, claims.OfType<Claim>().Count() + simulator.Received.Messages.Count - before); // the notifiers themselves have asked too
        Assert.Equal(taken.Count, taken.Distinct().Count());
    }

    static async Task<(SimulatorApp Simulator, WebApplication[] Notifiers)> Start(Station station)
    {
        var simulator = await station.StartSimulator();
        station.Settings["Notifier:Channels:SegwareAlarmEvent:Enabled"] = "false";
        station.Settings["Notifier:Channels:WhatsApp:MessageEvery"] = "00:01:00";
        station.Settings["Notifier:Channels:WhatsApp:DigestOver"] = "5";
        foreach (var (kind, mark) in new[] { ("Raised", "R"), ("Cleared", "C"), ("RaisedAndCleared", "B") })
        {
            station.Settings[$"Notifier:Channels:WhatsApp:{kind}Text"] = $"{mark} {{alertId}} {{accountCode}}";
            station.Settings[$"Notifier:Channels:WhatsApp:Digest:{kind}Line"] = $"{mark} {{alertId}} {{accountCode}}";
        }
        return (simulator, await Task.WhenAll(station.StartNotifier(), station.StartNotifier()));
    }

    static async Task<List<Guid>> Raise(WebApplication service, int count)
    {
        var bus = service.Services.GetRequiredService<IBus>();
        var now = TimeProvider.System.GetUtcNow();
        var alerts = Enumerable.Range(1, count).Select(i => new AlertRaised
        {
            AlertId = Guid.NewGuid(), Rule = "excess-of-events", Severity = "warning", Source = "segware", Count = 20, Threshold = 20,
            Labels = new Dictionary<string, string> { ["account"] = $"{i}", ["cuc"] = "ALR", ["code"] = "E130" },
            WindowFrom = now.AddHours(-2), WindowTo = now, FirstEventAt = now.AddHours(-1), LastEventAt = now, RaisedAt = now,
        }).ToList();
        await Task.WhenAll(alerts.Select(a => bus.Publish(a)));
        return [.. alerts.Select(a => a.AlertId)];
    }

    /// <summary>Moves on, but not while somebody has a delivery in hand, and then by less than its claim lasts.</summary>
    static async Task UntilSent(Station station, int count) => await Await.Until(async () =>
    {
        if (await station.Count("select count(*) from notifier_deliveries where state in ('waiting', 'sent')") == count)
            station.Clock.Advance(TimeSpan.FromSeconds(20));
        return await station.Count("select count(*) from notifier_deliveries where state = 'sent'");
    }, sent => sent == count, $"{count} alerts are told", TimeSpan.FromMinutes(3));

    static IEnumerable<Guid> Told(SimulatorApp simulator) =>
        simulator.Received.Messages.SelectMany(m => Mark().Matches(m.Message)).Select(m => Guid.Parse(m.Groups[1].Value));

    [GeneratedRegex(@"\b[RCB] ([0-9a-f]{8}-[0-9a-f-]{27})\b")]
    private static partial Regex Mark();
}
