using System.Text;
using Sigma.Gateway.Events;
using Sigma.Gateway.Integrations;
using Sigma.Gateway.Webhooks;

namespace Sigma.UnitTests.Gateway.Events;

public sealed class Changes_and_routing_keys
{
    [Theory]
    [InlineData("""{"payload":{"routing_key":"not this"},"routing_key":"this"}""", "this")]
    [InlineData("""{"routing_key":7}""", null)]
    [InlineData("""{"payload":{}}""", null)]
    [InlineData("""{"payload":[""", null)]
    [InlineData("[]", null)]
    [InlineData("", null)]
    public void Finds_the_routing_key(string body, string? expected) => Assert.Equal(expected, RoutingKey.Of(Encoding.UTF8.GetBytes(body)));

    [Fact]
    public void Finds_it_in_what_PagerDuty_shows() => Assert.Equal("samplekeyhere", RoutingKey.Of(Payload.Bytes("pagerduty/events-v2-trigger.json")));

    [Fact]
    public void Reads_a_change_as_an_event_without_an_end()
    {
        var reading = Read("""{"payload":{"summary":"Build 17","source":"ci","timestamp":"2026-08-22T10:00:00Z","custom_details":{"by":"Ana"}}}""");
        var change = Assert.Single(reading.Items);
        Assert.Equal((UnderstoodState.Info, "Build 17", "ci", "Ana", 202),
            (change.State, change.Title, change.Labels["source"], change.Annotations["by"], reading.Status));
    }

    [Theory]
    [InlineData("{}", "payload")]
    [InlineData("""{"payload":{}}""", "payload.summary")]
    public void Says_what_a_change_lacks(string body, string place) =>
        Assert.Equal(place, Assert.Throws<MalformedBodyException>(() => Read(body)).Place);

    static Reading Read(string body) => ChangeEvent.Read(
        new WebhookBody(Encoding.UTF8.GetBytes(body), new Dictionary<string, string>(), new(2026, 8, 22, 10, 5, 0, TimeSpan.Zero)),
        new Integration { Name = "pd", Kind = IntegrationKind.Pagerduty });
}
