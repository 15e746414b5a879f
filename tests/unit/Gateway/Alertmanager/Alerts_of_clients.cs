using System.Text;
using Sigma.Gateway.Alertmanager;
using Sigma.Gateway.Integrations;
using Sigma.Gateway.Webhooks;

namespace Sigma.UnitTests.Gateway.Alertmanager;

/// <summary>What Prometheus and others post to Alertmanager's API.</summary>
public sealed class Alerts_of_clients
{
    static readonly DateTimeOffset Now = new(2026, 8, 22, 10, 5, 0, TimeSpan.Zero);

    static readonly Integration Integration = new() { Name = "prometheus", Kind = IntegrationKind.Alertmanager };

    [Fact]
    public void Holds_alerts_without_times_for_the_resolve_timeout_and_tells_them_apart_by_all_labels()
    {
        var alerts = Read(Payload.Bytes("alertmanager/api-v2-post-no-times.json"));
        Assert.Empty(alerts.Faults);
        Assert.Equal(6, alerts.Alerts.Select(alert => alert.ExternalId).Distinct().Count());
        Assert.All(alerts.Alerts, alert =>
            Assert.Equal((UnderstoodState.Firing, null, Now.AddMinutes(5)), (alert.State, alert.StartsAt, alert.LeaseUntil!.Value)));
        Assert.Equal("please check the instance example1", alerts.Alerts[0].Title);
        Assert.Equal(("DiskRunningFull", "critical", "medium"),
            (alerts.Alerts[4].Title, alerts.Alerts[4].Severity, alerts.Alerts[5].Severity));
    }

    [Fact]
    public void Takes_an_end_in_the_future_for_a_lease()
    {
        var alert = Assert.Single(Read(Payload.Bytes("alertmanager/api-v2-post-prometheus-shape.json")).Alerts);
        Assert.Equal((UnderstoodState.Firing, new DateTimeOffset(2026, 8, 22, 10, 9, 30, TimeSpan.Zero)), (alert.State, alert.LeaseUntil!.Value));
        Assert.Equal(new DateTimeOffset(2026, 8, 22, 10, 1, 30, TimeSpan.Zero), alert.StartsAt);
        Assert.Equal(("critical", "please check the instance example1"), (alert.Severity, alert.Title));
        Assert.StartsWith("http://prometheus.example.com:9090/graph", alert.Url, StringComparison.Ordinal);
    }

    [Fact]
    public void Takes_an_end_in_the_past_for_the_end()
    {
        var alert = Assert.Single(Read(Payload.Bytes("alertmanager/api-v2-post-prometheus-shape.json"), Now.AddHours(1)).Alerts);
        Assert.Equal((UnderstoodState.Resolved, (DateTimeOffset?)null), (alert.State, alert.LeaseUntil));
        Assert.Equal(new DateTimeOffset(2026, 8, 22, 10, 9, 30, TimeSpan.Zero), alert.EndsAt);
    }

    [Theory]
    [InlineData("2026-08-22T10:04:30Z", null)] // a little behind us, or just now
    [InlineData("2026-08-22T09:59:00Z", "2026-08-22T09:59:00Z")] // told again: it must not end what began since
    public void Does_not_take_the_repetition_of_an_end_for_news(string ends, string? reported)
    {
        var alert = Assert.Single(Read(Encoding.UTF8.GetBytes($$"""[{"labels":{"a":"b"},"endsAt":"{{ends}}"}]""")).Alerts);
        Assert.Equal(reported is null ? (DateTimeOffset?)null : DateTimeOffset.Parse(reported, System.Globalization.CultureInfo.InvariantCulture),
            alert.ReportedAt);
    }

    [Theory] // as Alertmanager 0.25 answered
    [InlineData("""{"alertname":"InstanceDown","instance":"example1:9100","severity":"critical","city":"São Paulo"}""", "e307a06536a74c05")]
    [InlineData("""{"b":"2","a":"1","e":""}""", "1cc37fac8a64ae01")]
    public void Makes_the_fingerprint_that_Alertmanager_makes(string labels, string expected) =>
        Assert.Equal(expected, Assert.Single(Read(Encoding.UTF8.GetBytes($$"""[{"labels":{{labels}}}]""")).Alerts).ExternalId);

    [Fact]
    public void Drops_empty_labels_from_the_identity_and_does_not_mind_their_order() =>
        Assert.Single(Read("""[{"labels":{"a":"1","b":"2","c":""}},{"labels":{"b":"2","a":"1"}}]"""u8).Alerts.Select(a => a.ExternalId).Distinct());

    [Fact]
    public void Takes_the_right_alerts_of_a_batch_and_names_the_wrong_ones()
    {
        var read = Read("""
            [{"labels":{"a":"1"},"annotations":null,"unknown":{"x":[1]}},
             {"labels":{}},
             {"labels":{"a":1}},
             {"labels":{"a":"2"},"startsAt":"soon"},
             {"labels":{"a":"3"},"startsAt":"2026-08-22T10:00:00Z","endsAt":"2026-08-22T09:00:00Z"},
             7,
             {"annotations":{"summary":"x"}},
             {"labels":{"a":"4"},"annotations":{"n":{"deep":1}}},
             {"labels":{"a":"1","a":"2"}},
             {"labels":{"a":"5"},"startsAt":"0001-01-01T00:00:00Z","endsAt":"2026-08-22T10:09:30.123456789+00:00"}]
            """u8);
        Assert.Equal(2, read.Alerts.Count);
        Assert.Equal(
        [
            "[1].labels: there are none", "[2].labels.a: is no text", "[3].startsAt: is no time: soon", "[4].endsAt: it ends before it starts",
            "[5]: is no alert", "[6].labels: there are none", "[7].annotations.n: is no text", "[8].labels.a: it is there twice",
        ], read.Faults);
        Assert.Null(read.Alerts[1].StartsAt);
        Assert.Equal(Now.AddMinutes(4.5).AddTicks(1234567), read.Alerts[1].LeaseUntil);
    }

    [Theory]
    [InlineData("{}", "body: is no list of alerts")]
    [InlineData("""[{"labels":{"a":"1"}}""", "line 1, byte 22")]
    [InlineData("[] []", "line 1, byte 4")]
    [InlineData("", "line 1")]
    public void Refuses_what_is_no_list(string body, string expected) => Assert.StartsWith(expected,
        Assert.ThrowsAny<MalformedBodyException>(() => Read(Encoding.UTF8.GetBytes(body))).Message, StringComparison.Ordinal);

    [Fact]
    public void Refuses_what_is_too_deep_or_too_many()
    {
        Assert.Throws<MalformedBodyException>(() => Read(Encoding.UTF8.GetBytes($$"""[{"x":{{new string('[', 5000)}}""")));
        Assert.Throws<MalformedBodyException>(() => Read(Encoding.UTF8.GetBytes(
            $"[{string.Join(',', Enumerable.Repeat("""{"labels":{"a":"1"}}""", 10_001))}]")));
    }

    static ClientAlerts Read(ReadOnlySpan<byte> body, DateTimeOffset? now = null)
    {
        ClientAlerts alerts = new(Integration, now ?? Now, TimeSpan.FromMinutes(5));
        alerts.Read(body);
        return alerts;
    }
}
