using Sigma.Gateway.Integrations;
using Sigma.Gateway.Webhooks;
using static Sigma.UnitTests.Gateway.Webhooks.Reader;

namespace Sigma.UnitTests.Gateway.Webhooks;

public class Zabbix_says
{
    const string Kind = IntegrationKind.Zabbix;

    [Fact]
    public void That_there_is_a_problem_with_macros_that_have_no_value()
    {
        var news = One(Kind, "zabbix/problem-crlf-unresolved-macros.json");

        Assert.Equal((UnderstoodState.Firing, "7467", "medium", null), (news.State, news.ExternalId, news.Severity, news.StartsAt));
        Assert.DoesNotContain("\r", news.Text, StringComparison.Ordinal);
        Assert.Equal("zabbix-test", news.Labels["host"]);
        Assert.DoesNotContain(news.Labels.Values.Concat(news.Annotations.Values), value => value.Contains("RECOVERY", StringComparison.Ordinal));
    }

    [Fact]
    public void When_by_its_own_clock_where_its_zone_is_set()
    {
        var integration = Integration(Kind) with { Settings = new Dictionary<string, string> { ["TimeZone"] = "America/Sao_Paulo" } };

        Assert.Equal(Utc("2021-08-27T15:51:50Z"), One(Kind, "zabbix/problem-crlf-unresolved-macros.json", integration).StartsAt);
    }

    [Fact]
    public void That_it_is_over_in_another_scripts_words()
    {
        var news = One(Kind, "zabbix/ok-flat.json");

        Assert.Equal((UnderstoodState.Resolved, "10529", "medium"), (news.State, news.ExternalId, news.Severity));
        Assert.Equal(("14032", "www.example.com"), (news.Labels["trigger_id"], news.Labels["host"]));
    }

    [Fact]
    public void In_the_body_that_we_propose_what_begins_is_taken_on_and_ends()
    {
        const string Body = """
            {"event_id":"{0}","trigger_id":"9","event_value":"{1}","event_update_status":"{2}","severity":"{3}","host":"db1","name":"Disk full",
            "time":"1764504000","recovery_time":"{EVENT.RECOVERY.TIMESTAMP}"}
            """;
        Understood Said(string value, string update, string severity) =>
            OneOf(Kind, Body.Replace("{0}", "77").Replace("{1}", value).Replace("{2}", update).Replace("{3}", severity));

        var raise = Said("1", "0", "2");
        Assert.Equal((UnderstoodState.Firing, "77", "low", "Disk full"), (raise.State, raise.ExternalId, raise.Severity, raise.Title));
        Assert.Equal(DateTimeOffset.FromUnixTimeSeconds(1764504000), raise.StartsAt);
        Assert.Equal((UnderstoodState.Acknowledged, "critical"), Said("1", "1", "5") is var taken ? (taken.State, taken.Severity) : default);
        var clear = Said("0", "0", "0");
        Assert.Equal((UnderstoodState.Resolved, "77", "info"), (clear.State, clear.ExternalId, clear.Severity));
    }

    [Theory]
    [InlineData("Disaster", "critical")]
    [InlineData("High", "high")]
    [InlineData("Average", "medium")]
    [InlineData("Warning", "low")]
    [InlineData("Information", "info")]
    [InlineData("Not classified", "info")]
    [InlineData("*UNKNOWN*", null)]
    public void Severities_by_its_own_order(string word, string? severity) => Assert.Equal(severity,
        OneOf(Kind, $$"""{"event_id":1,"event_value":1,"severity":"{{word}}"}""").Severity);

    [Fact]
    public void Any_other_body_with_a_mapping()
    {
        var integration = Integration(Kind) with
        {
            Mapping = new() { Id = "problem.nr", State = "problem.is", Firing = "on", Resolved = "off", Title = "problem.text" },
        };

        var news = OneOf(Kind, """{"problem":{"nr":12.0,"is":"ON","text":"x"}}""", integration);
        Assert.Equal((UnderstoodState.Firing, "12", "x"), (news.State, news.ExternalId, news.Title));
    }

    [Theory]
    [InlineData("""{"event_value":"1"}""", "event_id")]
    [InlineData("""{"event_id":"1"}""", "event_value")]
    [InlineData("""{"event_id":"{EVENT.ID}","event_value":"1"}""", "event_id")]
    public void Where_its_body_is_wrong(string body, string place) =>
        Assert.Equal(place, Assert.Throws<MalformedBodyException>(() => Read(Kind, body)).Place);
}
