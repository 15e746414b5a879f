using Sigma.Contracts;
using Sigma.Gateway.Integrations;
using Sigma.Gateway.Intake;
using Sigma.Gateway.Webhooks;

namespace Sigma.UnitTests.Gateway.Intake;

/// <summary>A condition as its sender says it: in order, out of order, twice, without times.</summary>
public sealed class Order_of_what_is_said
{
    static readonly DateTimeOffset Noon = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);

    static readonly Integration Shop = new() { Name = "shop", Kind = IntegrationKind.Generic };

    OpenCondition? _known;

    [Fact]
    public void A_clear_has_the_labels_that_the_raise_had()
    {
        Says(0, Firing(start: 0, ("host", "web-1")));
        var clear = Assert.Single(Says(60, Resolved(end: 60, ("other", "x"))));
        Assert.Equal(ConditionState.Resolved, clear.State);
        Assert.Equal("web-1", clear.Labels["host"]);
        Assert.False(clear.Labels.ContainsKey("other"));
    }

    [Fact]
    public void A_raise_that_comes_after_its_clear_was_and_is_over()
    {
        Says(60, Resolved(end: 50));
        var news = Says(70, Firing(start: 10, ("host", "web-1")));
        Assert.Equal([ConditionState.Firing, ConditionState.Resolved], news.Select(item => item.State));
        Assert.All(news, item => Assert.Equal("web-1", item.Labels["host"]));
        Assert.True(news[0].ReportedAt < news[1].ReportedAt);
        Assert.Equal(Noon.AddSeconds(60), news[1].ReportedAt);
        Assert.NotNull(_known!.EndedAt);
    }

    [Fact]
    public void A_raise_and_a_clear_that_name_the_same_start_and_no_end_may_come_in_either_order()
    {
        Says(60, Resolved(end: null) with { StartsAt = Noon });
        Assert.Equal(2, Says(70, Firing(start: 0)).Count);
        Assert.NotNull(_known!.EndedAt);
    }

    [Fact]
    public void A_clear_of_an_episode_before_does_not_end_this_one()
    {
        Says(0, Firing(start: 0));
        Says(100, Firing(start: 100)); // the clear of the first is still on its way
        Assert.Empty(Says(110, Resolved(end: 50)));
        Assert.Null(_known!.EndedAt);
        Assert.Equal(ConditionState.Resolved, Assert.Single(Says(120, Resolved(end: 115))).State);
    }

    [Fact]
    public void An_episode_after_a_clear_is_a_new_one_with_its_own_labels()
    {
        Says(0, Firing(start: 0, ("host", "web-1")));
        Says(60, Resolved(end: 60));
        var news = Assert.Single(Says(90, Firing(start: 80, ("host", "web-2"))));
        Assert.Equal("web-2", news.Labels["host"]);
        Assert.Null(_known!.EndedAt);
    }

    [Fact]
    public void News_without_any_time_is_taken_in_the_order_it_comes()
    {
        foreach (var (at, state) in new[] { (0, UnderstoodState.Firing), (10, UnderstoodState.Resolved), (20, UnderstoodState.Firing) })
            Says(at, new() { State = state, ExternalId = "a" });
        Assert.Null(_known!.EndedAt);
    }

    [Fact]
    public void A_sender_whose_clock_is_behind_ours_is_believed()
    {
        Says(600, Firing(start: 0));
        Assert.Single(Says(660, Resolved(end: 60)));
        var again = Assert.Single(Says(665, Firing(start: 61)));
        Assert.Equal(ConditionState.Firing, again.State);
        Assert.Null(_known!.EndedAt);
    }

    [Fact]
    public void What_is_reported_is_always_later_than_what_was()
    {
        List<DateTimeOffset> times = [];
        times.AddRange(Says(100, Firing(start: 0)).Select(news => news.ReportedAt));
        times.AddRange(Says(100, Resolved(end: 20)).Select(news => news.ReportedAt));
        times.AddRange(Says(99, Firing(start: 30)).Select(news => news.ReportedAt)); // another gateway's clock
        Assert.Equal(3, times.Distinct().Count());
        Assert.Equal(times.Order(), times);
    }

    [Fact]
    public void What_is_not_open_is_dropped_where_the_protocol_drops_it()
    {
        Assert.Empty(Says(0, Resolved(end: 0) with { OnlyIfOpen = true }));
        Assert.Null(_known);
        Says(1, Firing(start: 1));
        Assert.Single(Says(2, Resolved(end: 2) with { OnlyIfOpen = true }));
    }

    [Fact]
    public void A_repetition_says_nothing_unless_a_lease_is_to_be_kept_alive()
    {
        Says(0, Firing(start: 0));
        Assert.Empty(Says(60, Firing(start: 0), Arrival.Repeated));
        _known = null;
        var leased = Shop with { CloseAfter = TimeSpan.FromMinutes(5) };
        Says(0, Firing(start: 0), of: leased);
        var renewed = Assert.Single(Says(60, Firing(start: 0), Arrival.Repeated, leased));
        Assert.Equal(Noon.AddSeconds(360), renewed.LeaseUntil);
        Says(70, Resolved(end: 70), of: leased);
        Assert.Empty(Says(80, Firing(start: 0), Arrival.Repeated, leased));
    }

    [Fact]
    public void An_old_delivery_that_is_read_again_does_not_open_what_is_over()
    {
        Says(0, new() { State = UnderstoodState.Firing, ExternalId = "a" });
        Says(60, new() { State = UnderstoodState.Resolved, ExternalId = "a" });
        Says(0, new() { State = UnderstoodState.Firing, ExternalId = "a" }, Arrival.Replayed);
        Assert.NotNull(_known!.EndedAt);
    }

    IReadOnlyList<ReportedCondition> Says(int received, Understood said, Arrival how = Arrival.New, Integration? of = null)
    {
        var integration = of ?? Shop;
        var (news, now) = OpenCondition.Next(NewsItem.Of(integration, said, Noon.AddSeconds(received)), _known, how, integration);
        _known = now ?? _known;
        return news;
    }

    static Understood Firing(int start, params (string Name, string Value)[] labels) => new()
    {
        State = UnderstoodState.Firing, ExternalId = "a", StartsAt = Noon.AddSeconds(start), Labels = labels.ToDictionary(),
    };

    static Understood Resolved(int? end, params (string Name, string Value)[] labels) => new()
    {
        State = UnderstoodState.Resolved, ExternalId = "a", EndsAt = end is { } seconds ? Noon.AddSeconds(seconds) : null,
        Labels = labels.ToDictionary(),
    };
}

static file class Pairs
{
    public static Dictionary<string, string> ToDictionary(this (string Name, string Value)[] pairs) => pairs.ToDictionary(p => p.Name, p => p.Value);
}
