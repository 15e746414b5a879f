using MassTransit;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Sigma.Contracts;
using Sigma.IntegrationTests.Poison;
using Sigma.IntegrationTests.Stations;
using Sigma.Simulator.ChatPro;
using Sigma.Storage;
using Fault = Sigma.Simulator.Faults.Fault;

namespace Sigma.IntegrationTests.Deliveries;

/// <summary>What was taken without a receipt is left to a person, and what was refused without a phone waits for the phone.</summary>
public sealed class Answers_of_ChatPro(ITestOutputHelper output)
{
    const string SendMessage = "/instance/api/v1/send_message";

    [Theory]
    [InlineData(200, null)]
    [InlineData(201, "{}")]
    public async Task Taken_without_a_receipt_a_message_is_a_doubt_with_two_notifiers_and_its_end_is_told(int status, string? body)
    {
        await using var station = await Station.Create(output);
        station.WithoutFaults("each message is counted");
        var simulator = await station.StartSimulator();
        station.Settings["Notifier:Channels:SegwareAlarmEvent:Enabled"] = "false";
        WebApplication[] notifiers = [await station.StartNotifier(), await station.StartNotifier()];
        var odd = simulator.Faults.Add(Fault.Answering(SendMessage, status, body) with { WorkIsDone = true });
        var alert = Messages_that_cannot_be_processed.Alert("100");

        await Publish(notifiers[0], alert);
        await UntilStates(station, "raised uncertain");
        using var shell = new Shell(station);
        var text = (await shell.Sigma("deliveries", "list")).Output;
        output.WriteLine(text);
        Assert.Contains("uncertain", text);
        Assert.Contains("without the receipt that ChatPro always gives", text);
        Assert.Contains("uncertain", (await shell.Sigma("status")).Output);
        odd.Dispose();
        await Publish(notifiers[0], End(alert));
        await UntilStates(station, "cleared sent, raised uncertain");
        await station.Quiet();

        Assert.Equal(1, odd.Hits);
        Assert.Equal(2, simulator.Received.Messages.Count);
        Assert.Empty(station.Traffic.Faults);
    }

    [Theory]
    [InlineData(WhenNotConnected.Refuses)]
    [InlineData(WhenNotConnected.SaysNo)]
    public async Task Refused_while_no_phone_is_connected_a_message_goes_out_once_when_one_is(WhenNotConnected how)
    {
        await using var station = await Station.Create(output);
        station.WithoutFaults("each message is counted");
        var simulator = await station.StartSimulator();
        simulator.Options.ChatPro.WhenNotConnected = how;
        simulator.ChatPro.Connected = false;
        station.Settings["Notifier:Channels:SegwareAlarmEvent:Enabled"] = "false";
        station.Settings["Notifier:Deliveries:RetryFrom"] = station.Settings["Notifier:Deliveries:RetryTo"] = "00:00:00.5";
        WebApplication[] notifiers = [await station.StartNotifier(), await station.StartNotifier()];

        await Publish(notifiers[0], Messages_that_cannot_be_processed.Alert("100"));
        await Await.Until(
            () => station.Count("select count(*) from notifier_deliveries where reason like '%phone is not connected%no phone is connected'"),
            found => found == 1, "it is postponed with both reasons");
        Assert.Empty(simulator.Received.Messages);
        simulator.ChatPro.Connected = true;
        await UntilStates(station, "raised sent");
        await station.Quiet();

        Assert.Single(simulator.Received.Messages);
    }

    static Task Publish<T>(WebApplication notifier, T message) where T : class => notifier.Services.GetRequiredService<IBus>().Publish(message);

    static AlertCleared End(AlertRaised alert) => new()
    {
        AlertId = alert.AlertId, Rule = alert.Rule, Severity = alert.Severity, Source = alert.Source, Labels = alert.Labels, Count = 0,
        Threshold = alert.Threshold,
        Reason = "volume-normal", RaisedAt = alert.RaisedAt, ClearedAt = alert.RaisedAt.AddMinutes(5),
    };

    static Task UntilStates(Station station, string states) => Await.Until(async () =>
    {
        await using var session = await station.Database.Begin(CancellationToken.None);
        return string.Join(", ",
            await session.Query<string>("select concat(kind, ' ', state) from notifier_deliveries order by kind", new { }, CancellationToken.None));
    }, seen => seen == states, $"the deliveries are {states}");
}
