using Sigma.Contracts;
using Sigma.Fetcher.Sources;
using Sigma.Fetcher.Sources.Conditions;

namespace Sigma.UnitTests.Fetcher.Sources;

public sealed class Conditions_that_change
{
    static readonly DateTimeOffset Noon = new(2026, 11, 30, 12, 0, 0, TimeSpan.Zero);

    readonly Dictionary<Guid, KnownCondition> _stored = [];
    DateTimeOffset _now = Noon;
    DateTimeOffset? _last;

    [Fact]
    public void What_lasts_at_the_first_look_is_told_and_what_is_over_is_not()
    {
        var told = Look([Open("a"), Over("b", Noon.AddHours(-3))]);

        Assert.Equal([("a", ConditionState.Firing)], told);
        Assert.Empty(Look([Open("a"), Over("b", Noon.AddHours(-3))])); // and nothing is told twice
    }

    [Fact]
    public void What_ended_shortly_before_the_first_look_stays_untold_afterwards()
    {
        Assert.Empty(Look([Over("b", Noon.AddMinutes(-1))]));
        Assert.Empty(Look([Over("b", Noon.AddMinutes(-1))]));
    }

    [Fact]
    public void Changes_and_ends_are_told_once()
    {
        Look([Open("a")]);
        Assert.Equal([("a", ConditionState.Firing)], Look([Open("a") with { Severity = "critical" }]));
        Assert.Empty(Look([Open("a") with { Severity = "critical" }]));
        Assert.Equal([("a", ConditionState.Resolved)], Look([Over("a", _now)]));
        Assert.Empty(Look([Over("a", _now)]));
        Assert.Equal([("a", ConditionState.Firing)], Look([Open("a")])); // it is open anew
    }

    [Fact]
    public void What_came_and_went_between_two_looks_is_told_as_both()
    {
        Look([]);
        _now += TimeSpan.FromHours(2);
        Assert.Equal([("a", ConditionState.Firing), ("a", ConditionState.Resolved)],
            Look([Over("a", _now.AddMinutes(-30)) with { AppearedAt = _now.AddMinutes(-50) }]));
    }

    [Fact]
    public void What_is_not_listed_is_over_only_where_all_that_lasts_is_listed()
    {
        Look([Open("a")]);
        Assert.Empty(Look([]));
        Assert.Equal([("a", ConditionState.Resolved)], Look([], all: true));
    }

    [Fact]
    public void What_a_feed_with_a_history_does_not_list_for_long_is_over()
    {
        Look([Open("a")]);
        _now += TimeSpan.FromDays(6);
        Assert.Empty(Look([]));
        _now += TimeSpan.FromDays(2);
        Assert.Equal([("a", ConditionState.Resolved)], Look([]));
    }

    [Fact]
    public void The_labels_of_the_first_report_stay_while_it_lasts()
    {
        Look([Open("a")]);
        var changes = Changes([Open("a") with { Labels = Labels("us-east-1, us-west-2"), Title = "worse" }]);
        Assert.Equal("us-east-1", Assert.Single(changes.Reports).Labels["region"]);
    }

    [Fact]
    public void Reports_of_one_condition_are_each_later_than_the_one_before()
    {
        List<DateTimeOffset> times = [];
        for (var n = 0; n < 6; n++)
        {
            var changes = Changes([n % 2 == 0 ? Open("a") : Over("a", _now)]);
            times.AddRange(changes.Reports.Select(report => report.ReportedAt));
            Store(changes);
            _now -= TimeSpan.FromSeconds(n); // a clock that is set back
        }
        Assert.Equal(6, times.Count);
        Assert.Equal(times.Distinct().Order(), times);
    }

    [Fact]
    public void Old_news_of_the_past_changes_nothing()
    {
        Look([Open("run") with { AsOf = Noon.AddMinutes(-10) }]);
        Assert.Equal([("run", ConditionState.Resolved)], Look([Over("run", Noon) with { AsOf = Noon.AddMinutes(-5) }]));
        Assert.Empty(Look([Open("run") with { AsOf = Noon.AddMinutes(-10) }]));
        Assert.Empty(Look([Open("run") with { AsOf = Noon.AddMinutes(-5) }]));
        Assert.Equal([("run", ConditionState.Firing)], Look([Open("run") with { AsOf = Noon.AddMinutes(-1) }]));
    }

    [Fact]
    public void A_time_that_nobody_can_mean_and_an_address_that_is_none_are_left_out()
    {
        var report = Assert.Single(Changes([Open("a") with { StartedAt = DateTimeOffset.MinValue, Url = "javascript:alert(1)",
            Title = new string('x', 5000), ExternalId = new string('i', 300) }]).Reports);

        Assert.Equal((null, null, 500, true), (report.StartedAt, report.Url, report.Title!.Length, report.ExternalId.Length <= 255));
    }

    [Fact]
    public void There_is_a_limit_to_what_may_last()
    {
        var changes = new ConditionChanges([], Noon, 3);
        foreach (var n in Enumerable.Range(1, 10))
            changes.See(Open($"{n}"), null);
        Assert.Equal(3, changes.Reports.Count);
    }

    List<(string Id, ConditionState State)> Look(SeenCondition[] seen, bool all = false)
    {
        var changes = Changes(seen);
        changes.Leave(_ => all, TimeSpan.FromDays(7));
        Store(changes);
        _last = _now;
        _now += TimeSpan.FromMinutes(1);
        return [.. changes.Reports.Select(report => (report.ExternalId, report.State))];
    }

    ConditionChanges Changes(SeenCondition[] seen)
    {
        var changes = new ConditionChanges(_stored.Values, _now, 100);
        foreach (var one in seen)
            changes.See(one, _last);
        return changes;
    }

    void Store(ConditionChanges changes)
    {
        foreach (var condition in changes.Changed)
            _stored[condition.Id] = condition;
    }

    static SeenCondition Open(string id) => new()
        { ExternalId = id, Labels = Labels("us-east-1"), Fires = true, Severity = "high", Title = "an outage", StartedAt = Noon.AddHours(-1) };

    static SeenCondition Over(string id, DateTimeOffset ended) => Open(id) with { Fires = false, EndedAt = ended, AppearedAt = ended.AddHours(-1) };

    static Dictionary<string, string> Labels(string region) => new() { ["provider"] = "aws", ["region"] = region };
}
