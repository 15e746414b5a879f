using Sigma.Gateway.Integrations;
using Sigma.Gateway.Webhooks;
using static Sigma.UnitTests.Gateway.Webhooks.Reader;

namespace Sigma.UnitTests.Gateway.Webhooks;

public class Any_JSON_says
{
    const string Kind = IntegrationKind.Generic;

    [Fact]
    public void As_OnCall_formats_it_that_all_is_down()
    {
        var news = One(Kind, "generic/formatted-webhook.json");

        Assert.Equal((UnderstoodState.Firing, "08d6891a-835c-e661-39fa-96b6a9e26552"), (news.State, news.ExternalId));
        Assert.Equal("TestAlert: The whole system is down", news.Title);
        Assert.Equal("This alert was sent by user for demonstration purposes\nSmth happened. Oh no!", news.Text);
        Assert.Equal("https://en.wikipedia.org/wiki/Downtime", news.Url);
    }

    [Fact]
    public void As_Pingdom_writes_it_that_a_site_is_down_and_up_again()
    {
        var (down, up) = (One(Kind, "generic/pingdom-down-epoch.json"), One(Kind, "generic/pingdom-up-empty-objects.json"));

        Assert.Equal((UnderstoodState.Firing, "803318", "high"), (down.State, down.ExternalId, down.Severity));
        Assert.Equal((Utc("2017-06-30T22:25:43Z"), "Alerta API on OpenShift"), (down.StartsAt!.Value, down.Title));
        Assert.Equal((UnderstoodState.Resolved, "803318", Utc("2017-06-30T22:30:43Z")), (up.State, up.ExternalId, up.EndsAt!.Value));
        Assert.Null(up.StartsAt);
    }

    [Fact]
    public void As_vRealize_writes_it_that_something_is_wrong()
    {
        var news = One(Kind, "generic/vrealize-epoch-millis.json");

        Assert.Equal((UnderstoodState.Firing, "sample-alert-uuid", "medium"), (news.State, news.ExternalId, news.Severity));
        Assert.Equal(DateTimeOffset.FromUnixTimeMilliseconds(1369757346267), news.StartsAt);
        Assert.Null(news.EndsAt); // its cancelDate is that of what still is
    }

    [Fact]
    public void By_a_mapping_whatever_it_is()
    {
        var integration = Integration(Kind) with
        {
            Mapping = new()
            {
                Items = "result.rows", Id = "ref", State = "phase,is", Firing = "red", Resolved = "green", Severity = "grade", Title = "what",
                StartsAt = "since", EndsAt = "till", TimeUnit = "milliseconds", Service = "on.0", Region = "where.at", Url = "see",
                Labels = new() { ["Team"] = "who.team", ["none"] = "not.there" },
            },
            SeverityWords = new Dictionary<string, string> { ["A"] = "critical" },
        };

        var reading = Read(Kind, """
            {"result":{"rows":[
              {"ref":1.0,"is":"RED","grade":"a","what":"x","since":1700000000000,"on":["db"],"where":{"at":"eu"},
               "see":"https://x.example/","who":{"team":"t"}},
              {"ref":2,"phase":"green","grade":"q","till":"1700000000000"}]}}
            """, integration);

        var (raise, clear) = (reading.Items[0], reading.Items[1]);
        Assert.Equal((UnderstoodState.Firing, "1", "critical", "x"), (raise.State, raise.ExternalId, raise.Severity, raise.Title));
        Assert.Equal(("db", "eu", "https://x.example/"), (raise.Service, raise.Region, raise.Url));
        Assert.Equal((DateTimeOffset.FromUnixTimeMilliseconds(1700000000000), "t"), (raise.StartsAt!.Value, raise.Labels["team"]));
        Assert.Equal((UnderstoodState.Resolved, "2", null, "q"), (clear.State, clear.ExternalId, clear.Severity, clear.Labels["severity_word"]));
        Assert.Equal(raise.StartsAt, clear.EndsAt);
    }

    [Fact]
    public void Numbers_that_are_times_are_so_only_where_their_unit_is_known()
    {
        Assert.Null(OneOf(Kind, """{"id":1,"state":"down","startsAt":1700000000}""").StartsAt);
        Assert.Equal(DateTimeOffset.FromUnixTimeSeconds(1700000000), OneOf(Kind, """{"id":1,"state":"down","startsAt":1700000000}""",
            Integration(Kind) with { Mapping = new() { TimeUnit = "seconds" } }).StartsAt);
    }

    [Fact]
    public void A_list_of_alerts() => Assert.Equal([UnderstoodState.Firing, UnderstoodState.Resolved],
        Read(Kind, """[{"id":1,"status":"problem"},{"id":1,"status":"ok"}]""").Items.Select(one => one.State));

    [Fact]
    public void An_event_where_it_says_no_state()
    {
        var news = OneOf(Kind, """{"title":"deployed","version":7}""");

        Assert.Equal((UnderstoodState.Info, "deployed", true), (news.State, news.Title, news.NeverResolves));
        Assert.Equal(news.ExternalId, OneOf(Kind, """{"title":"deployed","version":7}""").ExternalId);
    }

    [Fact]
    public void The_same_alert_without_an_id_by_its_title_and_labels_in_any_order()
    {
        var raise = OneOf(Kind, """{"state":"firing","title":"t","labels":{"a":"1","B":"2"},"timestamp":"2026-11-30T10:00:00Z","message":"now"}""");
        var clear = OneOf(Kind, """{"labels":{"B":"2","a":"1"},"title":"t","state":"ok","timestamp":"2026-11-30T11:00:00Z","message":"then"}""");

        Assert.Equal(raise.ExternalId, clear.ExternalId);
        Assert.NotEqual(raise.ExternalId, OneOf(Kind, """{"state":"firing","title":"t","labels":{"a":"1","B":"3"}}""").ExternalId);
    }

    [Theory]
    [InlineData("acknowledged", nameof(UnderstoodState.Acknowledged))]
    [InlineData("no_data", nameof(UnderstoodState.NoData))]
    [InlineData("TEST", nameof(UnderstoodState.Test))]
    [InlineData(" Recovered ", nameof(UnderstoodState.Resolved))]
    public void States(string word, string state) =>
        Assert.Equal(Enum.Parse<UnderstoodState>(state), OneOf(Kind, $$"""{"id":"1","data":{"status":"{{word}}"} }""").State);

    [Theory]
    [InlineData("""{"id":1,"state":"purple"}""", "state")]
    [InlineData("""{"state":"down"}""", "body")]
    [InlineData("""[{"id":1,"state":"down"},7]""", "[1]")]
    [InlineData("7", "body")]
    public void Where_its_body_is_wrong(string body, string place) =>
        Assert.Equal(place, Assert.Throws<MalformedBodyException>(() => Read(Kind, body)).Place);

    [Theory]
    [InlineData("on", null)]
    [InlineData(null, "off")]
    public void Mappings_that_cannot_be(string? firing, string? resolved) => Assert.Single(
        Of(Kind).Faults(Integration(Kind) with { Mapping = new() { Firing = firing, Resolved = resolved } }));
}
