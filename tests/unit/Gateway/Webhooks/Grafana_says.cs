using System.Security.Cryptography;
using System.Text;
using Sigma.Gateway.Integrations;
using Sigma.Gateway.Webhooks;
using static Sigma.UnitTests.Gateway.Webhooks.Reader;

namespace Sigma.UnitTests.Gateway.Webhooks;

public class Grafana_says
{
    const string Kind = IntegrationKind.Grafana;

    [Fact]
    public void That_one_fires_and_says_no_severity()
    {
        var news = One(Kind, "grafana/firing-one-values.json");

        Assert.Equal((UnderstoodState.Firing, "e6349a25f5ef0e9e", "Memory (copy)"), (news.State, news.ExternalId, news.Title));
        Assert.Equal(Utc("2024-03-01T02:09:00Z"), news.StartsAt);
        Assert.Equal((null, null, null, null), (news.EndsAt, news.Severity, news.Service, news.Region));
        Assert.Equal("device", news.Labels["grafana_folder"]);
        Assert.Contains("2473545728", news.Annotations["values"], StringComparison.Ordinal);
        Assert.True(news.LabelsIdentify);
        Assert.StartsWith("https://play.grafana.org/alerting/grafana/", news.Url, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_a_group_that_fires_that_two_of_its_three_are_over()
    {
        var news = Items(Kind, "grafana/mixed-group-firing-and-resolved.json");

        Assert.Equal(
            [
                (UnderstoodState.Resolved, "aaafafe0953f0962"), (UnderstoodState.Resolved, "fb31814ac93dbe7d"),
                (UnderstoodState.Firing, "6f9cd313db421ef1"),
            ],
            news.Select(one => (one.State, one.ExternalId)));
        // Of nine digits seven are kept.
        Assert.All(news.Take(2), one => Assert.Equal(Utc("2022-06-17T01:08:28.6527478Z"), one.EndsAt));
        Assert.Equal(Utc("2022-06-17T01:03:00.7821378Z"), news[2].StartsAt);
        Assert.Null(news[2].EndsAt);
    }

    [Fact]
    public void That_it_has_no_data_for_two_rules()
    {
        var news = Items(Kind, "grafana/no-data-two-alerts.json");

        Assert.All(news, one => Assert.Equal(UnderstoodState.NoData, one.State));
        Assert.Equal(["battery charge", "UPS status"], news.Select(one => one.Title));
        Assert.Equal([Utc("2022-07-19T04:07:07Z"), Utc("2022-07-19T12:37:07Z")], news.Select(one => one.StartsAt!.Value));
    }

    [Fact]
    public void That_it_has_no_data_where_values_is_null()
    {
        var news = One(Kind, "grafana/no-data-values-null.json");

        Assert.Equal((UnderstoodState.NoData, "c50ae7bba42b3626", null), (news.State, news.ExternalId, news.Severity));
        Assert.False(news.Annotations.ContainsKey("values"));
    }

    [Fact]
    public void A_severity_in_an_annotation_where_the_integration_looks_for_it()
    {
        var integration = Integration(Kind) with
        {
            Mapping = new() { Severity = "annotations.Priority" }, SeverityWords = new Dictionary<string, string> { ["1"] = "critical" },
        };

        Assert.Equal("critical", One(Kind, "grafana/no-data-values-null.json", integration).Severity);
    }

    [Fact]
    public void That_somebody_tries_the_contact_point() =>
        Assert.Equal(UnderstoodState.Test, One(Kind, "grafana/test-message.json").State);

    [Fact]
    public void That_one_is_over()
    {
        var news = One(Kind, "grafana/resolved-one.json");

        Assert.Equal((UnderstoodState.Resolved, "93070e04dcab3ea0"), (news.State, news.ExternalId));
        Assert.Equal((Utc("2022-04-08T11:10:46.1364896Z"), Utc("2022-04-08T11:14:56.1364896Z")), (news.StartsAt!.Value, news.EndsAt!.Value));
        Assert.Equal(news.EndsAt, news.ReportedAt);
    }

    [Fact]
    public void That_one_is_over_because_its_rule_was_changed()
    {
        var news = One(Kind, "grafana/resolved-values-null-partial.json");

        Assert.Equal(UnderstoodState.Resolved, news.State);
        Assert.Equal("Updated", news.Annotations["grafana_state_reason"]);
        Assert.Equal(32, news.ExternalId.Length); // no fingerprint: of its labels
    }

    [Fact]
    public void That_one_fires_in_another_script_and_without_a_group()
    {
        var news = One(Kind, "grafana/firing-unicode-dotted-label.json");

        Assert.Equal((UnderstoodState.Firing, "ERROR 로그 알림", "team1-alert"), (news.State, news.Title, news.Labels["container.name"]));
        Assert.Equal("8b1971c962be25d4", news.ExternalId);
    }

    [Fact]
    public void Before_version_9_that_a_rule_fires()
    {
        var news = One(Kind, "grafana/legacy-alerting.json");

        Assert.Equal((UnderstoodState.Firing, "legacy/58", "medium", "Physical"), (news.State, news.ExternalId, news.Severity, news.Service));
        Assert.Equal("[Alerting] TEST -> Battery Voltage alert", news.Title);
    }

    [Fact]
    public void Before_version_9_that_a_rule_is_fine_again()
    {
        var news = One(Kind, "grafana/legacy-ok.json");

        Assert.Equal((UnderstoodState.Resolved, "legacy/7", "[OK] CPU alert"), (news.State, news.ExternalId, news.Title));
        Assert.Equal("Zeta CPU alert", news.Labels["alertname"]);
    }

    [Fact]
    public void Ids_that_are_the_same_with_a_fraction_and_without()
    {
        var news = One(Kind, "grafana/legacy-unicode-float-ids.json");
        var whole = OneOf(Kind, Payload.Text("grafana/legacy-unicode-float-ids.json").Replace("93.0", "93").Replace("1.0", "\"1\""));

        Assert.Equal("legacy/1/93", news.ExternalId);
        Assert.Equal(news.ExternalId, whole.ExternalId);
        Assert.Equal("데이터베이스~", news.Text);
    }

    [Theory]
    [InlineData("no_data")]
    [InlineData("paused")]
    [InlineData("pending")]
    public void Before_version_9_states_that_are_neither(string state) => Assert.Equal(UnderstoodState.NoData,
        OneOf(Kind, $$"""{"ruleId":7,"state":"{{state}}","ruleName":"x"}""").State);

    [Fact]
    public void Where_its_body_is_wrong()
    {
        Assert.Equal("alerts[0].status", Assert.Throws<MalformedBodyException>(() =>
            Read(Kind, """{"alerts":[{"status":"odd","labels":{"a":"b"}}]}""")).Place);
        Assert.Equal("alerts[0].startsAt", Assert.Throws<MalformedBodyException>(() =>
            Read(Kind, """{"alerts":[{"status":"firing","labels":{"a":"b"},"startsAt":"yesterday"}]}""")).Place);
        Assert.Equal("alerts[1].labels", Assert.Throws<MalformedBodyException>(() =>
            Read(Kind, """{"alerts":[{"status":"firing","labels":{"a":"b"}},{"status":"firing"}]}""")).Place);
    }

    [Fact]
    public void A_template_of_somebodys_own()
    {
        var news = OneOf(Kind, """{"state":"alerting","id":"x1","title":"disk full","severity":"P1"}""");

        Assert.Equal((UnderstoodState.Firing, "x1", "disk full", "critical"), (news.State, news.ExternalId, news.Title, news.Severity));
    }

    [Fact]
    public async Task With_a_signature_only_what_is_signed()
    {
        var body = Payload.Bytes("grafana/firing-one-values.json");
        var integration = Integration(Kind) with { Secret = "s3cret" };
        var signature = Convert.ToHexStringLower(HMACSHA256.HashData("s3cret"u8, body));
        Dictionary<string, string> headers = new() { ["X-Grafana-Alerting-Signature"] = signature };

        Assert.Null(await Read(Kind, body, integration, headers).Fault());
        Assert.Equal("e6349a25f5ef0e9e", Assert.Single(Read(Kind, body, integration, headers).Items).ExternalId);
        Assert.NotNull(await Read(Kind, body, integration).Fault());
        body[^3] ^= 1;
        var wrong = Read(Kind, body, integration, headers);
        Assert.NotNull(await wrong.Fault());
        Assert.Empty(wrong.Items);
    }

    [Fact]
    public async Task With_a_signed_time_only_what_is_new()
    {
        var body = Payload.Bytes("grafana/resolved-one.json");
        var integration = Integration(Kind) with
        {
            Secret = "s3cret", Settings = new Dictionary<string, string> { ["TimestampHeader"] = "X-At", ["SignatureHeader"] = "X-Sig" },
        };
        async Task<string?> At(DateTimeOffset time)
        {
            var seconds = $"{time.ToUnixTimeSeconds()}";
            var signature = Convert.ToHexString(HMACSHA256.HashData("s3cret"u8, [.. Encoding.UTF8.GetBytes(seconds + ":"), .. body]));
            return await Read(Kind, body, integration, new Dictionary<string, string> { ["x-at"] = seconds, ["x-sig"] = signature }).Fault();
        }

        Assert.Null(await At(Now.AddMinutes(-4)));
        Assert.Null(await At(Now.AddMinutes(4)));
        Assert.NotNull(await At(Now.AddMinutes(-6)));
        Assert.NotNull(await At(Now.AddMinutes(6)));
    }
}
