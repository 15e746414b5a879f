using System.Text.Json;
using Sigma.Contracts;
using Sigma.Evaluator.Triggers;
using Sigma.IntegrationTests.Stations;

namespace Sigma.IntegrationTests.Subscribing;

public sealed class Documented_messages(ITestOutputHelper output)
{
    readonly Guide _guide = new();

    [Fact]
    public async Task Both_messages_are_what_the_guide_shows_field_by_field()
    {
        using var traces = new Traces();
        await using var station = await Station.Create(output);
        await using var subscriber = await Subscriber.Connect(station.Broker);
        var evaluator = await station.StartEvaluator();
        await station.Raise(evaluator);
        await station.Clear(evaluator);

        var raised = await subscriber.Next("the subscriber has the alert");
        var cleared = await subscriber.Next("the subscriber has its end");

        Assert.Equal(["AlertRaised", "AlertCleared"], [raised.Type, cleared.Type]);
        Assert.Equal(raised.Message.GetProperty("alertId").GetGuid(), cleared.Message.GetProperty("alertId").GetGuid());
        foreach (var seen in (DeliveredMessage[])[raised, cleared])
        {
            output.WriteLine(seen.Body); // what the guide's example is made from
            var shown = _guide.Example(seen.Type);
            Nothing([
                .. Shape.Differences(shown, seen.Envelope, seen.Type),
                .. Shape.Unlike(_guide.Table(seen.Type).Keys, Shape.Names(seen.Message), $"the table of {seen.Type}"),
                .. Shape.Unlike(_guide.Table("The envelope").Keys, Shape.Names(seen.Envelope), "the table of the envelope"),
                .. Shape.Unlike(_guide.Table("Properties and headers").Keys, seen.Set.Keys, "the table of properties and headers"),
            ]);
            Assert.Equal(shown.GetProperty("messageType").Deserialize<string[]>(), seen.Envelope.GetProperty("messageType").Deserialize<string[]>());
            Assert.Equal(seen.Envelope.GetProperty("messageId").GetString(), seen.Set["message_id"]);
            Assert.Equal(seen.Message.GetProperty("alertId").GetString(), seen.Set["correlation_id"]);
            Assert.Equal("application/vnd.masstransit+json", seen.Set["content_type"]);
            Assert.Equal("2", seen.Set["delivery_mode"]);
        }
    }

    [Theory]
    [InlineData(typeof(AlertRaised)), InlineData(typeof(AlertCleared)), InlineData(typeof(CoverageReported))]
    public void Every_property_of_a_contract_has_its_row_in_the_guide(Type contract) =>
        Nothing(Shape.Unlike(_guide.Table(contract.Name).Keys, contract.GetProperties().Select(p => JsonNamingPolicy.CamelCase.ConvertName(p.Name)),
            contract.Name));

    [Fact]
    public void Every_reason_for_an_end_is_in_the_guide()
    {
        var row = _guide.Table(nameof(AlertCleared))["reason"];
        Assert.Contains($"`{ClearReason.VolumeNormal}`", row);
        Assert.Contains($"`{ClearReason.RuleRemoved}`", row);
        Assert.Contains($"`{ClearReason.RuleChanged}`", row);
    }

    [Fact]
    public async Task A_subscriber_that_was_away_finds_in_its_queue_what_was_said_meanwhile()
    {
        await using var station = await Station.Create(output);
        await (await Subscriber.Connect(station.Broker)).DisposeAsync();
        var evaluator = await station.StartEvaluator();
        await station.Raise(evaluator);
        await station.Clear(evaluator);

        await using var subscriber = await Subscriber.Connect(station.Broker);

        Assert.Equal("AlertRaised", (await subscriber.Next("the alert has waited for the subscriber")).Type);
        Assert.Equal("AlertCleared", (await subscriber.Next("its end has waited for the subscriber")).Type);
    }

    static void Nothing(IEnumerable<string> differences) =>
        Assert.True(!differences.Any(), $"docs/subscribing.md and the wire differ:\n{string.Join('\n', differences)}");
}
