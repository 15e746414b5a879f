using Microsoft.Extensions.Options;
using Sigma.Contracts;
using Sigma.Evaluator;
using Sigma.Evaluator.Conditions;
using Sigma.Evaluator.Rules;

namespace Sigma.UnitTests.Evaluating;

public sealed class Built_in_rules
{
    static readonly Dictionary<string, string> Labels = new() { ["alertname"] = "HostDown", ["host"] = "db-1" };

    [Fact]
    public void Watch_every_source_for_which_none_of_their_kind_is_written()
    {
        var rules = Rules(Written(RuleKind.External, "grafana"), Written(RuleKind.External, "zabbix", RuleMode.Shadow),
            Written(RuleKind.External, "aws", RuleMode.Off), Written(RuleKind.Absence, "azure"));

        Assert.Equal(["grafana"], Names(rules, "grafana"));
        Assert.Equal(["zabbix"], Names(rules, "zabbix"));
        Assert.Equal(["reported:aws"], Names(rules, "aws"));
        Assert.Equal(["reported:azure"], Names(rules, "azure"));
        Assert.Null(rules.Find("reported:grafana"));
        Assert.Same(rules.Find("reported:aws"), rules.Of(RuleKind.External, "aws").Single());
        Assert.Equal(["silent:aws"], rules.Of(RuleKind.Absence, "aws").Select(rule => rule.Name));
        Assert.Empty(rules.Of(RuleKind.Threshold, "aws"));
    }

    [Fact]
    public void Are_not_there_where_they_are_switched_off_or_a_source_is_left_out()
    {
        var options = new EvaluatorOptions { Reported = { Mode = RuleMode.Off }, SilentAgents = { Except = "lab, tests" } };
        RuleSet rules = new(Options.Create(options));

        Assert.Empty(rules.Of(RuleKind.External, "aws"));
        Assert.False(rules.Keeps("reported:aws"));
        Assert.Empty(rules.Of(RuleKind.Absence, "lab"));
        Assert.True(rules.Keeps("silent:aws"));
        Assert.Empty(Names(Rules(), "prefect")); // a flow that an alert starts would raise one that starts it again
        Assert.Null(Rules().Find("reported:*"));
    }

    [Fact]
    public void Leave_a_source_to_a_rule_that_a_newer_version_has_made_for_it()
    {
        MadeRule unread = new("new", null, "a rule has no field Forecast") { Unread = (RuleKind.External, "grafana") };
        RuleSet rules = new(new EvaluatorOptions(), [unread], 3, null);

        Assert.Empty(rules.Of(RuleKind.External, "grafana"));
        Assert.Single(rules.Of(RuleKind.External, "aws"));
    }

    [Fact]
    public void Keep_their_names_to_themselves()
    {
        Assert.Contains("names a rule 'Reported:aws'", Assert.Single(Faults(Written(RuleKind.External, "grafana", name: "Reported:aws"))));
        Assert.Empty(Faults(Written(RuleKind.External, "grafana", name: "reported")));
        Assert.Contains("the source '*'", Assert.Single(Faults(Written(RuleKind.External, "*"))));

        static IReadOnlyList<string> Faults(RuleOptions rule) => RuleEdits.Faults(Rules(), [rule]);
    }

    [Fact]
    public void Have_a_key_for_each_condition_with_all_of_its_labels()
    {
        var rule = Rules().Of(RuleKind.External, "aws").Single();
        var key = rule.KeyOf(new Dictionary<string, string> { ["Host"] = "db-1", ["alertname"] = "HostDown" });
        Assert.Equal(Labels, key);

        var one = rule.TriggerId(key, "1");
        Assert.Equal(one, rule.TriggerId(rule.KeyOf(Labels), "1"));
        Assert.NotEqual(one, rule.TriggerId(key, "2"));
        Assert.NotEqual(one, rule.TriggerId(new Dictionary<string, string> { ["host"] = "db-1" }, "1"));
        Assert.True(Rules().IsTriggerOf(rule, one, key));
        Assert.True(Rules().IsTriggerOf(rule, rule.TriggerId(key, "2"), key));
        Assert.False(Rules().IsTriggerOf(rule, one, new Dictionary<string, string> { ["host"] = "db-1" }));
    }

    [Fact]
    public void Of_conditions_know_a_key_of_a_rule_that_was_grouped_otherwise()
    {
        Rule grouped = new(new RuleOptions { Name = "aws", Kind = RuleKind.External, Source = "aws", GroupBy = "alertname,host" });
        Rule all = new(new RuleOptions { Name = "aws", Kind = RuleKind.External, Source = "aws", GroupBy = "*" });

        Assert.False(all.IsTrigger("aws", grouped.TriggerId(Labels, "1"), Labels));
        Assert.False(grouped.IsTrigger("aws", all.TriggerId(Labels, "1"), Labels));
        Assert.Equal(grouped.TriggerId(Labels, "1"), grouped.TriggerId(Labels, "2"));
    }

    [Fact]
    public void Of_agents_watch_what_says_which_agent_it_is_and_nothing_else()
    {
        var rule = Rules().Of(RuleKind.Absence, "syslog").Single();

        Assert.True(rule.Watches(new Dictionary<string, string> { ["agent"] = "web-1" }));
        Assert.False(rule.Watches(new Dictionary<string, string> { ["agent"] = "" }));
        Assert.False(rule.Watches(new Dictionary<string, string> { ["check"] = "nightly-backup" }));
        Assert.Equal(TimeSpan.FromMinutes(10), rule.Options.After);
    }

    [Theory]
    [InlineData("critical", "info", "high", "critical")]
    [InlineData("low", "info", null, "low")]
    [InlineData("warning", "low", "info", "warning")]
    [InlineData("page", "High", "low", "High")]
    [InlineData(null, "", null, null)]
    public void Take_the_worst_severity_of_several_conditions(string? one, string? two, string? three, string? worst) =>
        Assert.Equal(worst, Sigma.Evaluator.Conditions.External.SeverityWords.Worst([one, two, three]));

    [Fact]
    public void Say_the_severity_that_is_reported_and_a_usual_one_where_none_is()
    {
        var rule = Rules().Of(RuleKind.External, "aws").Single();
        Finding found = new() { Since = default, What = "", Against = "", Severity = "high" };

        Assert.Equal("high", rule.SeverityOf(found));
        Assert.Equal("warning", rule.SeverityOf(found with { Severity = null }));
        Assert.NotEmpty(new RuleOptions { Name = "a", Severity = "reported" }.Validate(new(new object())));
    }

    static IEnumerable<string> Names(RuleSet rules, string source) => rules.Of(RuleKind.External, source).Select(rule => rule.Name);

    static RuleSet Rules(params RuleOptions[] written) => new(Options.Create(new EvaluatorOptions { Rules = [.. written] }));

    static RuleOptions Written(string kind, string source, RuleMode mode = RuleMode.Live, string? name = null) => new()
    {
        Name = name ?? source, Kind = kind, Source = source, Mode = mode, GroupBy = "host", After = TimeSpan.FromMinutes(5),
    };
}
