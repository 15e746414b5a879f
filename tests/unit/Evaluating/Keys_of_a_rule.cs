using Sigma.Evaluator.Rules;

namespace Sigma.UnitTests.Evaluating;

public sealed class Keys_of_a_rule
{
    [Fact]
    public void Have_the_labels_it_groups_by_in_one_order_and_a_label_an_event_lacks_is_empty()
    {
        Rule rule = new(new RuleOptions { Name = "excess", GroupBy = " Code, account,code " });

        Assert.Equal(["account", "code"], rule.GroupBy);
        Assert.Equal(Labels(("account", "7"), ("code", "")), rule.KeyOf(Labels(("account", "7"), ("cuc", "ALR"))));
    }

    [Fact]
    public void Have_the_same_trigger_in_every_process_whatever_the_order_of_the_setting()
    {
        Rule one = new(new RuleOptions { Name = "excess", GroupBy = "account,code" });
        Rule other = new(new RuleOptions { Name = "excess", GroupBy = "code,account", Threshold = 5 });
        var key = one.KeyOf(Labels(("account", "7"), ("code", "E130")));

        Assert.Equal(one.TriggerId(key), other.TriggerId(other.KeyOf(Labels(("code", "E130"), ("account", "7")))));
        Assert.NotEqual(one.TriggerId(key), one.TriggerId("other", key));
        Assert.NotEqual(one.TriggerId(key), one.TriggerId(one.KeyOf(Labels(("account", "E130"), ("code", "7")))));
    }

    [Theory]
    [InlineData("ALR", "E130", true)]
    [InlineData("alr", "e130", true)]
    [InlineData("ALR", "E401", false)]
    [InlineData("TST", "E130", false)]
    [InlineData("", "E130", false)]
    public void Are_of_events_it_includes_and_does_not_exclude_in_capitals_or_not(string cuc, string code, bool watched)
    {
        Rule rule = new(new RuleOptions { Name = "excess", Exclude = { ["Code"] = "E401, e402" } });

        Assert.Equal(watched, rule.Watches(Labels(("account", "7"), ("cuc", cuc), ("code", code))));
    }

    [Fact]
    public void Are_of_every_event_where_a_star_is_set() =>
        Assert.True(new Rule(new RuleOptions { Name = "excess", Include = { ["cuc"] = "*" } }).Watches(Labels(("cuc", "TST"))));

    [Fact]
    public void Are_passed_over_by_the_label_that_decides_and_by_none_that_is_not_known_yet()
    {
        Rule rule = new(new RuleOptions { Name = "excess", Exclude = { ["code"] = "E401" } });

        Assert.Equal(("cuc", false), rule.PassedOverBy(Labels(("account", "7"))));
        Assert.Null(rule.PassedOverBy(Labels(("account", "7")), partly: true));
        Assert.Equal(("code", true), rule.PassedOverBy(Labels(("code", "E401")), partly: true));
    }

    [Fact]
    public void Are_no_longer_its_own_once_it_groups_or_counts_otherwise()
    {
        var labels = Labels(("account", "7"), ("cuc", "ALR"), ("code", "E130"));

        Assert.True(new Rule(new RuleOptions { Name = "excess" }).HasKey(labels));
        Assert.False(new Rule(new RuleOptions { Name = "excess", GroupBy = "account,code" }).HasKey(labels));
        Assert.False(new Rule(new RuleOptions { Name = "excess", Include = { ["cuc"] = "PAB" } }).HasKey(labels));
    }

    [Theory]
    [InlineData("7", "E130", 5, 3)]
    [InlineData("7", "e401", 50, 50)]
    [InlineData("8", "E130", 20, 15)]
    public void Have_the_limits_of_the_first_override_that_fits(string account, string code, int threshold, int clearBelow)
    {
        Rule rule = new(new RuleOptions
        {
            Name = "excess", Threshold = 20, ClearBelow = 15,
            Overrides =
            [
                new OverrideOptions { Labels = { ["Code"] = "E401" }, Threshold = 50 },
                new OverrideOptions { Labels = { ["account"] = "7" }, Threshold = 5, ClearBelow = 3 },
            ],
        });

        Assert.Equal(new Limits(threshold, clearBelow), rule.LimitsOf(Labels(("account", account), ("cuc", "ALR"), ("code", code))));
        Assert.Equal(5, rule.LowestThreshold);
    }

    [Fact]
    public void Are_defined_alike_by_settings_that_say_the_same()
    {
        RuleOptions one = new() { Name = "excess", Include = { ["cuc"] = "ALR,PAB" }, GroupBy = "account,code" };
        RuleOptions same = new() { Name = "other", Include = { ["CUC"] = "pab, alr" }, GroupBy = "code,account", ClearBelow = 20 };
        RuleOptions higher = new() { Name = "excess", Include = one.Include, GroupBy = one.GroupBy, Threshold = 21 };

        Assert.Equal(new Rule(one).Definition, new Rule(same).Definition);
        Assert.NotEqual(new Rule(one).Definition, new Rule(higher).Definition);
    }

    static Dictionary<string, string> Labels(params (string Label, string Value)[] labels) => labels.ToDictionary(l => l.Label, l => l.Value);
}
