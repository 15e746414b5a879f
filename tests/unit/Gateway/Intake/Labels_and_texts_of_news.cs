using System.Text.Json;
using Sigma.Gateway.Integrations;
using Sigma.Gateway.Intake;
using Sigma.Gateway.Webhooks;

namespace Sigma.UnitTests.Gateway.Intake;

/// <summary>Whatever a sender says, what is published is within what the evaluator takes.</summary>
public sealed class Labels_and_texts_of_news
{
    static readonly DateTimeOffset Noon = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);

    static readonly Integration Shop = new()
    {
        Name = "shop", Kind = IntegrationKind.Aws, Labels = new Dictionary<string, string> { ["team"] = "ops" },
        SeverityWords = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase) { ["schlimm"] = "critical" },
    };

    [Fact]
    public void Our_own_labels_win_and_names_are_small()
    {
        var item = Of(new() { ["TEAM"] = "theirs", ["Host"] = "web-1" });
        Assert.Equal("ops", item.Labels["team"]);
        Assert.Equal("web-1", item.Labels["host"]);
        Assert.Equal(("shop", "aws"), (item.Labels["integration"], item.Labels["provider"]));
    }

    [Fact]
    public void Labels_never_exceed_what_the_evaluator_takes_and_none_is_lost()
    {
        for (var size = 1; size <= 400; size += 57)
        {
            var many = Enumerable.Range(0, 60).ToDictionary(i => $"label_{i:00}",
                i => string.Concat(Enumerable.Repeat("ü\"<\n😀"[(i % 4)..], size))[..size]);
            var item = Of(many);
            Assert.InRange(JsonSerializer.Serialize(item.Labels).Length, 2, 1000);
            Assert.InRange(item.Labels.Count, 3, 32);
            Assert.Equal("ops", item.Labels["team"]);
            var kept = item.Labels.Keys.Concat(item.Annotations.Keys).ToHashSet();
            Assert.True(many.Keys.Count(kept.Contains) >= 40); // annotations are bounded too
        }
    }

    [Fact]
    public void The_same_news_has_the_same_labels_in_whatever_order_they_come()
    {
        var many = Enumerable.Range(0, 60).ToDictionary(i => $"label_{i:00}", i => $"value {i}");
        Assert.Equal(Of(many).Labels.OrderBy(l => l.Key), Of(many.Reverse().ToDictionary()).Labels.OrderBy(l => l.Key));
    }

    [Theory]
    [InlineData("schlimm", "critical", null), InlineData("high", "high", null), InlineData("weird", "medium", "weird")]
    [InlineData(null, "medium", null)]
    public void A_word_that_is_unknown_is_kept_and_the_default_counts(string? word, string severity, string? kept)
    {
        var item = NewsItem.Of(Shop, new() { State = UnderstoodState.Firing, ExternalId = "a", Severity = word }, Noon);
        Assert.Equal(severity, item.Severity);
        Assert.Equal(kept, item.Labels.GetValueOrDefault("severity_word"));
    }

    [Theory, InlineData("0001-01-01T00:00:00Z"), InlineData("1970-01-01T00:00:00Z"), InlineData("9999-01-01T00:00:00Z")]
    [InlineData("2026-11-21T00:00:00Z")]
    public void A_time_that_cannot_be_is_no_time(string time)
    {
        var item = NewsItem.Of(Shop, new()
        {
            State = UnderstoodState.Firing, ExternalId = "a", StartsAt = DateTimeOffset.Parse(time, null),
            ReportedAt = DateTimeOffset.Parse(time, null),
        }, Noon);
        Assert.Null(item.StartsAt);
        Assert.Equal(Noon, item.Condition().ReportedAt);
    }

    [Fact]
    public void A_long_id_is_hashed_and_stays_the_same()
    {
        Understood said = new() { State = UnderstoodState.Firing, ExternalId = new string('x', 5000) };
        Assert.InRange(NewsItem.Of(Shop, said, Noon).ExternalId.Length, 1, 255);
        Assert.Equal(NewsItem.Of(Shop, said, Noon).ExternalId, NewsItem.Of(Shop, said, Noon).ExternalId);
    }

    [Fact]
    public void News_without_any_time_has_no_key_for_it_may_rightly_come_again()
    {
        Assert.Null(NewsItem.Of(Shop, new() { State = UnderstoodState.Firing, ExternalId = "a" }, Noon).Key(Shop));
        Assert.NotNull(NewsItem.Of(Shop, new() { State = UnderstoodState.Firing, ExternalId = "a", StartsAt = Noon }, Noon).Key(Shop));
        Assert.Null(NewsItem.Of(Shop, new() { State = UnderstoodState.Firing, ExternalId = "a", StartsAt = Noon, DeliveryKey = "" }, Noon).Key(Shop));
    }

    static NewsItem Of(Dictionary<string, string> labels) =>
        NewsItem.Of(Shop, new() { State = UnderstoodState.Firing, ExternalId = "a", Labels = labels }, Noon);
}
