using Sigma.Gateway.Integrations;
using Sigma.Gateway.Webhooks;
using static Sigma.UnitTests.Gateway.Webhooks.Reader;

namespace Sigma.UnitTests.Gateway.Webhooks;

public class Alertmanager_says
{
    const string Kind = IntegrationKind.Alertmanager;

    [Fact]
    public void That_two_fire()
    {
        var news = Items(Kind, "alertmanager/webhook-firing-two.json");

        Assert.Equal(["e2a3b36a4e1832ef", "b81c57e53f0bff63"], news.Select(one => one.ExternalId));
        Assert.All(news, one =>
        {
            Assert.Equal((UnderstoodState.Firing, "critical", "prometheus-kube-prometheus-prometheus"), (one.State, one.Severity, one.Service));
            Assert.Equal(Utc("2021-08-23T05:16:56.154Z"), one.StartsAt);
            Assert.False(one.Annotations.ContainsKey("truncated_alerts")); // 0.0
        });
    }

    [Fact]
    public void In_version_3_that_one_fires()
    {
        var news = One(Kind, "alertmanager/webhook-v3-numeric-groupkey.json");

        Assert.Equal((UnderstoodState.Firing, "critical", "System"), (news.State, news.Severity, news.Service));
        Assert.Equal(Utc("2016-08-01T10:27:08.008Z"), news.StartsAt);
        Assert.Equal(32, news.ExternalId.Length);
        Assert.False(news.Labels.ContainsKey("__name__"));
    }

    [Fact]
    public void That_one_is_over_with_a_capital_severity()
    {
        var news = One(Kind, "alertmanager/webhook-resolved-capital-severity.json");

        Assert.Equal((UnderstoodState.Resolved, "medium", "fbab788ec4c1018b"), (news.State, news.Severity, news.ExternalId));
        Assert.Equal(Utc("2022-07-29T11:17:27.3Z"), news.EndsAt);
        Assert.Null(news.Url); // a path alone leads nowhere
    }

    [Fact]
    public void Six_alerts_without_times_that_hold_for_a_while()
    {
        var news = Items(Kind, "alertmanager/api-v2-post-no-times.json");

        Assert.Equal(6, news.Select(one => one.ExternalId).Distinct().Count());
        Assert.All(news, one =>
        {
            Assert.Equal(UnderstoodState.Firing, one.State);
            Assert.Equal((Now, Now.AddMinutes(5)), (one.StartsAt!.Value, one.LeaseUntil!.Value));
        });
        Assert.Equal(2, news.Count(one => one.Annotations.Count == 0));
    }

    [Theory]
    [InlineData("2026-08-22T10:05:00Z", nameof(UnderstoodState.Firing))]
    [InlineData("2026-08-22T10:09:31Z", nameof(UnderstoodState.Resolved))]
    public void An_end_in_the_future_is_a_lease(string received, string state)
    {
        var news = Assert.Single(Read(Kind, Payload.Bytes("alertmanager/api-v2-post-prometheus-shape.json"), at: Utc(received)).Items);

        Assert.Equal(state, $"{news.State}");
        Assert.Equal(Utc("2026-08-22T10:09:30Z"), state == nameof(UnderstoodState.Firing) ? news.LeaseUntil : news.EndsAt);
        Assert.Equal(Utc("2026-08-22T10:01:30Z"), news.StartsAt);
    }

    [Fact]
    public void How_many_of_a_group_are_not_in_its_message() => Assert.Contains("3 alerts",
        OneOf(Kind, """{"truncatedAlerts":3,"alerts":[{"status":"firing","labels":{"alertname":"x"}}]}""").Annotations["truncated_alerts"],
        StringComparison.Ordinal);

    [Fact]
    public void The_same_alert_whatever_order_its_labels_come_in()
    {
        var one = OneOf(Kind, """{"alerts":[{"status":"firing","labels":{"alertname":"x","b":"1","a":"2","empty":""}}]}""");
        var other = OneOf(Kind, """{"alerts":[{"status":"resolved","labels":{"a":"2","b":"1","alertname":"x"},"annotations":{"a":"c"}}]}""");

        Assert.Equal(one.ExternalId, other.ExternalId);
        Assert.NotEqual(one.ExternalId, OneOf(Kind, """{"alerts":[{"status":"firing","labels":{"alertname":"x","b":"2","a":"1"}}]}""").ExternalId);
    }

    [Fact]
    public void A_word_for_a_severity_that_nobody_knows_and_it_stays_a_label()
    {
        var news = OneOf(Kind, """{"alerts":[{"status":"firing","labels":{"alertname":"x","severity":"purple"}}]}""");

        Assert.Equal((null, "purple"), (news.Severity, news.Labels["severity"]));
        var own = Integration(Kind) with { SeverityWords = new Dictionary<string, string> { ["PURPLE"] = "high" } };
        Assert.Equal("high", OneOf(Kind, """{"alerts":[{"status":"firing","labels":{"alertname":"x","severity":"purple"}}]}""", own).Severity);
    }

    [Fact]
    public void What_is_posted_and_cannot_be()
    {
        Assert.Equal("[1].labels", Assert.Throws<MalformedBodyException>(() => Read(Kind, """[{"labels":{"a":"b"}},{"labels":{}}]""")).Place);
        Assert.Equal("[0].endsAt", Assert.Throws<MalformedBodyException>(() =>
            Read(Kind, """[{"labels":{"a":"b"},"startsAt":"2026-11-30T10:00:00Z","endsAt":"2026-11-30T09:00:00Z"}]""")).Place);
    }
}
