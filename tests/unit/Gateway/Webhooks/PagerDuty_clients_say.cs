using System.Text.Json;
using Sigma.Gateway.Integrations;
using Sigma.Gateway.Webhooks;
using static Sigma.UnitTests.Gateway.Webhooks.Reader;

namespace Sigma.UnitTests.Gateway.Webhooks;

public class PagerDuty_clients_say
{
    const string Kind = IntegrationKind.Pagerduty;

    [Fact]
    public void That_something_is_wrong()
    {
        var reading = Read(Kind, Payload.Bytes("pagerduty/events-v2-trigger.json"));
        var news = Assert.Single(reading.Items);

        Assert.Equal((UnderstoodState.Firing, "info", "postgres"), (news.State, news.Severity, news.Service));
        Assert.Equal(Utc("2015-07-17T08:42:58.315Z"), news.StartsAt);
        Assert.Equal("Example alert on host1.example.com", news.Title);
        Assert.Equal("1500ms", news.Annotations["ping_time"]);
        Assert.Equal(202, reading.Status);
        Assert.Contains("\"dedup_key\":\"samplekeyhere\"", JsonSerializer.Serialize(reading.Answer, JsonSerializerOptions.Web),
            StringComparison.Ordinal);
        Assert.StartsWith("samplekeyhere/", news.ExternalId, StringComparison.Ordinal); // the routing key, which is secret, only as a hash
    }

    [Theory]
    [InlineData("pagerduty/events-v2-acknowledge.json", nameof(UnderstoodState.Acknowledged))]
    [InlineData("pagerduty/events-v2-resolve.json", nameof(UnderstoodState.Resolved))]
    public void What_became_of_it_and_that_is_dropped_where_nothing_is_open(string file, string state)
    {
        var news = One(Kind, file);

        Assert.Equal((state, true), ($"{news.State}", news.OnlyIfOpen));
        Assert.StartsWith("dedupkeyhere/", news.ExternalId, StringComparison.Ordinal);
    }

    [Fact]
    public void The_same_key_by_two_routing_keys_is_two_alerts()
    {
        string Id(string routing) =>
            OneOf(Kind, $$"""{"routing_key":"{{routing}}","dedup_key":"d","event_action":"resolve"}""").ExternalId;

        Assert.Equal(Id("a"), Id("a"));
        Assert.NotEqual(Id("a"), Id("b"));
    }

    [Fact]
    public void A_trigger_without_a_key_gets_one_and_the_same_when_it_is_sent_again()
    {
        const string Body = """{"routing_key":"r","event_action":"trigger","payload":{"summary":"s","source":"x","severity":"critical"}}""";
        string Key() => Read(Kind, Body).Answer is { } answer ? JsonSerializer.SerializeToElement(answer).GetProperty("dedup_key").GetString()! : "";

        Assert.Equal(32, Key().Length);
        Assert.Equal(Key(), Key());
    }

    [Theory]
    [InlineData("""{"event_action":"resolve"}""", "dedup_key")]
    [InlineData("""{"event_action":"explode","dedup_key":"1"}""", "event_action")]
    [InlineData("""{"event_action":"trigger","dedup_key":"1"}""", "payload")]
    [InlineData("""{"event_action":"trigger","dedup_key":"1","payload":{"source":"x"}}""", "payload.summary")]
    public void Where_their_body_is_wrong(string body, string place) =>
        Assert.Equal(place, Assert.Throws<MalformedBodyException>(() => Read(Kind, body)).Place);
}
