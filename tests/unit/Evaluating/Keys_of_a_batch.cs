using Microsoft.Extensions.Options;
using Sigma.Contracts;
using Sigma.Evaluator;
using Sigma.Evaluator.Rules;
using Sigma.Evaluator.Conditions.Counting;

namespace Sigma.UnitTests.Evaluating;

public sealed class Keys_of_a_batch
{
    static readonly DateTimeOffset Noon = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Are_one_for_each_rule_and_values_and_an_event_is_in_the_windows_of_all()
    {
        List<RuleOptions> rules = [new() { Name = "each" }, new() { Name = "accounts", GroupBy = "account" }];

        var keys = Of(rules, Event("a", 0, "7"), Event("b", 1, "7"), Event("c", 2, "8"));

        Assert.Equal(["accounts 7", "accounts 8", "each 7", "each 8"], keys.Keys.Select(key => $"{key.Rule.Name} {key.Labels["account"]}").Order());
        Assert.All(keys.Events, e => Assert.Equal(2, e.Triggers.Count));
        Assert.Equal(Noon.ToUnixTimeMilliseconds(), keys.Oldest);
        Assert.Equal(Noon.AddSeconds(2).ToUnixTimeMilliseconds(), keys.Newest);
    }

    [Fact]
    public void Are_none_for_events_of_ours_and_for_those_no_rule_watches_which_are_stored_all_the_same()
    {
        var keys = Of([], Event("ours", 0, "7", code: "e702"), Event("test", 0, "7", cuc: "TST"));

        Assert.Empty(keys.Keys);
        Assert.Equal(2, keys.Events.Count);
        Assert.All(keys.Events, e => Assert.Empty(e.Triggers));
    }

    [Fact]
    public void Are_the_same_in_the_same_order_when_it_comes_again_otherwise_sorted()
    {
        var events = Enumerable.Range(0, 50).Select(i => Event($"event {i}", i, $"{i % 7}")).ToArray();

        var first = Of([], events);
        var again = Of([], [.. events.AsEnumerable().Reverse()]);

        Assert.Equal(first.Events.Select(e => e.Key), again.Events.Select(e => e.Key));
        Assert.Equal(first.Keys.Select(key => key.TriggerId).Order(), again.Keys.Select(key => key.TriggerId).Order());
    }

    [Fact]
    public void Are_not_mixed_up_by_values_that_look_alike_when_joined()
    {
        List<RuleOptions> rules = [new() { Name = "codes", GroupBy = "account,code" }];

        Assert.Equal(2, Of(rules, Event("a", 0, "7", code: "1E"), Event("b", 0, "71", code: "E")).Keys.Count);
    }

    static BatchKeys Of(List<RuleOptions> rules, params MonitoredEvent[] events) => new(new EventBatch
    {
        BatchId = Guid.NewGuid(), Source = "segware", SliceFrom = Noon, SliceTo = Noon.AddMinutes(1), Part = 1, Parts = 1, Events = events,
    }, new RuleSet(Options.Create(new EvaluatorOptions { Rules = rules })));

    static MonitoredEvent Event(string id, int seconds, string account, string cuc = "ALR", string code = "E130") => new()
    {
        EventId = id, OccurredAt = Noon.AddSeconds(seconds),
        Labels = new Dictionary<string, string> { ["account"] = account, ["cuc"] = cuc, ["code"] = code },
    };
}
