using Sigma.Gateway.Integrations;
using Sigma.Gateway.Webhooks;
using static Sigma.UnitTests.Gateway.Webhooks.Reader;

namespace Sigma.UnitTests.Gateway.Webhooks;

public class Google_says
{
    const string Kind = IntegrationKind.Gcp;

    [Fact]
    public void That_a_processor_is_busy()
    {
        var news = One(Kind, "gcp/v1.2-open-cpu.json");

        Assert.Equal((UnderstoodState.Firing, "0.mtdi83m6w8ao", null), (news.State, news.ExternalId, news.Severity));
        Assert.Equal((Utc("2023-02-02T05:29:47Z"), null), (news.StartsAt!.Value, news.EndsAt));
        Assert.Equal((null, null), (news.Service, news.Region));
        Assert.Equal("gce_instance", news.Labels["resource_type"]);
    }

    [Fact]
    public void That_it_is_busy_no_more()
    {
        var news = One(Kind, "gcp/v1.2-closed-cpu.json");

        Assert.Equal((UnderstoodState.Resolved, "0.mteuirnn0v0k"), (news.State, news.ExternalId));
        Assert.Equal((Utc("2023-02-03T04:20:07Z"), Utc("2023-02-03T04:27:14Z")), (news.StartsAt!.Value, news.EndsAt!.Value));
    }

    [Fact]
    public void That_a_site_is_down_and_up_again()
    {
        var (open, closed) = (One(Kind, "gcp/v1.2-uptime-open.json"), One(Kind, "gcp/v1.2-uptime-closed.json"));

        Assert.Equal((UnderstoodState.Firing, "0.ligwyr056k2l", Utc("2020-01-20T22:30:44Z")), (open.State, open.ExternalId, open.StartsAt!.Value));
        Assert.Equal((UnderstoodState.Resolved, open.ExternalId), (closed.State, closed.ExternalId));
        Assert.Equal(Utc("2020-01-20T22:32:32Z"), closed.EndsAt);
        Assert.True(closed.ReportedAt > open.ReportedAt);
    }

    [Fact]
    public void In_version_1_1_that_a_server_is_busy()
    {
        var news = One(Kind, "gcp/v1.1-open-documentation-holds-json.json");

        Assert.Equal((UnderstoodState.Firing, "webserver-85"), (news.State, news.Service));
        Assert.StartsWith("{\"summary\"", news.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Critical", "critical")]
    [InlineData("Error", "high")]
    [InlineData("Warning", "medium")]
    [InlineData("No severity", null)]
    public void Severities(string word, string? severity) => Assert.Equal(severity, OneOf(Kind,
        $$"""{"incident":{"incident_id":"1","state":"OPEN","policy_name":"p","severity":"{{word}}","started_at":1675315787} }""").Severity);

    [Fact]
    public void The_region_of_a_resource_and_the_severity_of_its_policy()
    {
        var news = OneOf(Kind, """
            {"incident":{"incident_id":"1","state":"open","policy_name":"p","documentation":null,"metric":null,"policy_user_labels":{"severity":"P2"},
            "resource":{"labels":{"location":"europe-north1","service_name":"checkout"}}}}
            """);

        Assert.Equal(("high", "checkout", "europe-north1"), (news.Severity, news.Service, news.Region));
    }

    [Fact]
    public void That_somebody_tries_the_channel() => Assert.Equal(UnderstoodState.Test,
        OneOf(Kind, """{"version":"1.2","incident":{"incident_id":"0.abc","state":"open","started_at":1,"summary":"test"}}""").State);

    [Theory]
    [InlineData("""{"version":"1.2"}""", "incident")]
    [InlineData("""{"incident":{"state":"open"}}""", "incident.incident_id")]
    [InlineData("""{"incident":{"incident_id":"1","state":"ajar"}}""", "incident.state")]
    public void Where_its_body_is_wrong(string body, string place) =>
        Assert.Equal(place, Assert.Throws<MalformedBodyException>(() => Read(Kind, body)).Place);
}
