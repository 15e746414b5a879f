using System.Text.Json.Nodes;
using Sigma.Cli.Rules;
using Sigma.Contracts;
using Sigma.Evaluator.Rules;

namespace Sigma.UnitTests.Evaluating;

public sealed class Rules_as_text
{
    [Fact]
    public void Say_only_what_differs_from_the_defaults() => Assert.Equal(
        """{"Name":"silent","Kind":"absence","Source":"agents","GroupBy":"host","After":"00:02:00"}""",
        RuleText.Write(new RuleOptions
            { Name = "silent", Kind = RuleKind.Absence, Source = "agents", GroupBy = "host", After = TimeSpan.FromMinutes(2) }));

    [Theory]
    [InlineData(1), InlineData(2), InlineData(3)]
    public void Are_read_as_they_were_written(int seed)
    {
        Random random = new(seed);
        for (var i = 0; i < 200; i++)
        {
            var rule = RandomRule(random);
            var text = RuleText.Write(rule);
            Assert.Equal(text, RuleText.Write(RuleText.Read(text)));
            var yaml = RuleFile.Write(rule);
            Assert.True(text == RuleText.Write(RuleFile.Read(yaml).Single()), $"{text} is in YAML\n{yaml}");
        }
    }

    [Fact]
    public void In_a_file_are_one_a_list_or_several_documents()
    {
        Assert.Equal(["a"], Names("name: a"));
        Assert.Equal(["a", "b"], Names("- name: a\n- {Name: b, threshold: 7}"));
        Assert.Equal(["a", "b", "c"], Names("name: a\n---\n[{\"name\": \"b\"}, {\"name\": \"c\"}]"));
    }

    [Theory]
    [InlineData("name: a\nthreshold: 0", "line 1, rule a: Threshold must be between 1 and 1000000")]
    [InlineData("- name: a\n- name: b\n  kind: absence", "line 2, rule b: After is missing: after how long without news is a key silent?")]
    [InlineData("name: a\nthreshhold: 7", "line 1, rule a: unknown setting threshhold (a rule has none of that name)")]
    [InlineData("name: a\nwindow: soon", "line 1, rule a: Window has a value that is not a duration (hh:mm:ss)")]
    [InlineData("name: a\noverrides:\n- labels: {account: '7'}\n  threshold: 0",
        "line 1, rule a: Overrides.0.Threshold must be between 1 and 1000000")]
    [InlineData("name: a\nhours: ['mon-fri 08:00-18:00 UTC', 'weekdays']", "line 1, rule a: Hours.1 is not hours of the week: write mon-fri ")]
    [InlineData("name: a\nhours: ['08:00-18:00']", "line 1, rule a: Hours.0 names no time zone: write it behind the hours")]
    [InlineData("threshold: 7", "line 1: Name is required")]
    [InlineData("name: a\nannotations: {'a:b': c}", "line 1, rule a: Annotations has the name 'a:b': a name has no colon")]
    [InlineData("name: [a", "line 2: ")]
    [InlineData("just words", "line 1: a rule is names with values")]
    [InlineData("[]", "there is no rule in it")]
    public void With_a_fault_name_where_it_is_and_what(string file, string fault) =>
        Assert.StartsWith(fault, Assert.Throws<RuleTextException>(() => RuleFile.Read(file)).Faults[0], StringComparison.OrdinalIgnoreCase);

    [Fact]
    public void Tell_in_which_fields_two_of_them_differ() => Assert.Equal(
        [new("Exclude.code", null, "E130"), new("Threshold", "7", null)],
        RuleDifference.Between(new RuleOptions { Name = "a", Threshold = 7 }, new RuleOptions { Name = "a", Exclude = { ["code"] = "E130" } }));

    static IEnumerable<string> Names(string file) => RuleFile.Read(file).Select(rule => rule.Name);

    static RuleOptions RandomRule(Random random)
    {
        string[] texts = ["a", "100", "true", "é: {x}", "#no", "- y", "null", "1e3", "\"quoted\"", "two\nlines", "'", "~", "ação & *b*", "0x1F"];
        string Some() => texts[random.Next(texts.Length)];
        RuleOptions rule = new()
        {
            Name = Some(), Kind = RuleKind.Threshold, Source = "metrics", GroupBy = "host", Limit = random.Next(2) == 0 ? 1.5 : -1e-7,
            Mode = (RuleMode)random.Next(3), Beyond = (Comparison)random.Next(4), Summary = Some(),
            KeepFor = TimeSpan.FromSeconds(random.Next(90_000)),
            Unit = random.Next(2) == 0 ? "%" : null, NoData = (WhenNoData)random.Next(3),
        };
        for (var i = random.Next(3); i > 0; i--)
            rule.Annotations[$"Team {i}"] = Some();
        for (var i = random.Next(3); i > 0; i--)
            rule.Overrides.Add(new OverrideOptions { Labels = { ["host"] = Some() + i }, Limit = random.Next(100) });
        if (random.Next(2) == 0)
            rule.Exclude["site"] = "lab,test";
        if (random.Next(2) == 0)
            rule.Hours.AddRange(["mon-fri 08:00-18:00 America/Sao_Paulo", "sat 00:00-24:00 UTC"]);
        return rule;
    }
}
