using System.Text;
using Sigma.Gateway.Integrations;
using Sigma.Gateway.Webhooks;
using static Sigma.UnitTests.Gateway.Webhooks.Reader;

namespace Sigma.UnitTests.Gateway.Webhooks;

public class Uptime_Kuma_says
{
    const string Kind = IntegrationKind.UptimeKuma;

    [Fact]
    public void That_a_site_is_down_and_up_again()
    {
        var (down, up) = (One(Kind, "uptime-kuma/down.json"), One(Kind, "uptime-kuma/up.json"));

        Assert.Equal((UnderstoodState.Firing, "29", Utc("2024-09-24T23:51:35.527Z")), (down.State, down.ExternalId, down.StartsAt!.Value));
        Assert.Equal("Test: getaddrinfo ENOTFOUND test.example.com", down.Title);
        Assert.Contains("🔴", down.Text, StringComparison.Ordinal);
        Assert.Equal((UnderstoodState.Resolved, "29", Utc("2024-09-24T23:55:35.101Z")), (up.State, up.ExternalId, up.EndsAt!.Value));
        Assert.Equal("97", up.Annotations["ping_ms"]);
        Assert.Equal(down.Labels, up.Labels);
    }

    [Fact]
    public void That_somebody_tries_it() => Assert.Equal((UnderstoodState.Test, "Testing"),
        One(Kind, "uptime-kuma/test-all-null.json") is var news ? (news.State, news.Title) : default);

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    public void States_that_are_neither(int status) => Assert.Equal(UnderstoodState.NoData,
        OneOf(Kind, $$"""{"heartbeat":{"monitorID":"29","status":{{status}}},"msg":"x"}""").State);

    [Fact]
    public void The_same_in_a_form()
    {
        var json = Payload.Text("uptime-kuma/down.json");
        var parts = $"--b42\r\nContent-Disposition: form-data; name=\"other\"\r\n\r\n1\r\n--b42\r\n"
            + $"Content-Disposition: form-data; name=\"data\"\r\n\r\n{json}\r\n--b42--\r\n";

        Assert.Equal("29", OneOf(Kind, parts).ExternalId);
        Assert.Equal("29", OneOf(Kind, "a=b&data=" + Uri.EscapeDataString(json)).ExternalId);
    }

    [Fact]
    public void A_repetition_does_not_say_since_when() => Assert.Null(OneOf(Kind,
        Payload.Text("uptime-kuma/down.json").Replace("\"important\": true", "\"important\": false")).StartsAt);

    [Fact]
    public void Service_and_severity_by_tags()
    {
        var news = OneOf(Kind, """
            {"heartbeat":{"status":0},"monitor":{"id":7,"name":"shop",
            "tags":[{"name":"Service","value":"checkout"},{"name":"severity","value":"P1"}]}}
            """);

        Assert.Equal(("checkout", "critical"), (news.Service, news.Severity));
    }
}
