using System.Text.Json.Nodes;
using Sigma.OperatorConsole.Access;
using Sigma.OperatorConsole.Pages.Rules;

namespace Sigma.ServiceTests.Console.Rules;

public sealed class Rules_in_the_editor
{
    static readonly Caller Engineer = RulesSession.Engineer;

    [Fact]
    public async Task A_new_rule_is_checked_as_it_is_typed_and_saved_in_the_shadow()
    {
        await using var session = await RulesSession.Start();
        await using var page = await session.Open<RuleEditor>("rules/edit?kind=count");

        await page.Shows("Name is required");
        await page.Type("rule-name", "five");
        await page.Type("rule-threshold", "0");
        await page.Shows("must be between 1 and 1000000");
        await page.Type("rule-threshold", "5");
        await page.Type("rule-window", "90 min");
        await page.Shows("Nothing is wrong.");
        await page.Shows("It is read as 01:30:00.");
        await page.Send("Save");

        Assert.Equal("rules/rule?name=five&done=saved", page.WentTo);
        var rule = (await session.Book.Find("five", null, Engineer, default))!;
        Assert.Equal(("shadow", "Ana", "made"), (rule.Mode, rule.By, rule.Change));
        Assert.True(JsonNode.DeepEquals(new JsonObject { ["Name"] = "five", ["Mode"] = "shadow", ["Window"] = "01:30:00", ["Threshold"] = 5 },
            rule.Rule), rule.Rule!.ToJsonString());
    }

    [Fact]
    public async Task The_JSON_and_the_form_are_always_equal()
    {
        await using var session = await RulesSession.Start();
        await using var page = await session.Open<RuleEditor>("rules/edit?kind=threshold");

        await page.Shows("What it watches");
        await page.Type("rule-name", "disk");
        await page.Type("rule-limit", "90");
        await page.Click("As JSON");
        Assert.Contains("\"Limit\": 90", await page.Value("rule-json"));
        await page.Type("rule-json", """{"Name":"disk","Kind":"threshold","Source":"metrics","GroupBy":"host","Limit":80,"Moon":"full"}""");
        await page.Shows("Moon is not a known field of a rule");
        await page.Type("rule-json", """{"Name":"disk","Limit":""");
        await page.Shows("It is not JSON");
        await page.Type("rule-json", """{"Name":"disk","Kind":"threshold","Source":"metrics","GroupBy":"host","Limit":80}""");
        await page.Shows("Nothing is wrong.");
        await page.Click("Form");
        Assert.Equal("80", await page.Value("rule-limit"));
    }

    [Fact]
    public async Task A_change_of_somebody_else_is_shown_and_what_is_typed_is_kept()
    {
        await using var session = await RulesSession.Start();
        await session.Book.Put("five", Rule(5), 0, null, Engineer, default);
        await using var page = await session.Open<RuleEditor>("rules/edit?name=five");
        await page.Shows("Nothing is wrong.");
        await page.Type("rule-threshold", "7");
        await session.Book.Put("five", Rule(6), 1, "five are too few", Engineer with { Name = "Rui" }, default);

        await page.Send("Save");
        await page.Shows("Somebody changed the rule while you were typing");
        await page.Shows("By Rui, revision 2,");
        await page.Shows("five are too few");
        Assert.Null(page.WentTo);
        Assert.Equal("7", await page.Value("rule-threshold"));
        Assert.Equal(2, (await session.Book.Find("five", null, Engineer, default))!.Revision);

        await page.Click("Save what I typed over it");
        Assert.Equal("rules/rule?name=five&done=saved", page.WentTo);
        Assert.Equal("7", (await session.Book.Find("five", null, Engineer, default))!.Rule!["Threshold"]!.ToString());
    }

    [Fact]
    public async Task A_name_that_is_taken_is_no_change_of_that_rule()
    {
        await using var session = await RulesSession.Start();
        await session.Book.Put("five", Rule(5), 0, null, Engineer, default);
        await using var page = await session.Open<RuleEditor>("rules/edit?kind=count");
        await page.Shows("What it watches");
        await page.Type("rule-name", "five");
        await page.Send("Save");
        await page.Shows("There is a rule of this name already");
        await page.Click("Discard mine and take the present one");
        Assert.Equal("5", await page.Value("rule-threshold"));
    }

    [Fact]
    public async Task Overrides_and_labels_are_rows()
    {
        await using var session = await RulesSession.Start();
        await session.Book.Put("five", Rule(5), 0, null, Engineer, default);
        await using var page = await session.Open<RuleEditor>("rules/edit?name=five");
        await page.Shows("Nothing is wrong.");
        await page.Click("Add an override");
        await page.Type("Threshold", "20");
        await page.Shows("names no label: it would apply to every key");
        await page.Type("account", "100073");
        await page.Click("Add a row");
        await page.Type("Label", "cuc");
        await page.Type("Values", "BEM");
        await page.Shows("Nothing is wrong.");
        await page.Send("Save");

        var rule = (await session.Book.Find("five", null, Engineer, default))!.Rule!;
        Assert.Equal("""[{"Labels":{"account":"100073"},"Threshold":20}]""", rule["Overrides"]!.ToJsonString());
        Assert.Equal("""{"cuc":"BEM"}""", rule["Include"]!.ToJsonString());
    }

    [Fact]
    public async Task A_rule_is_tried_before_it_is_saved()
    {
        await using var session = await RulesSession.Start();
        await session.Evaluator.Raise("100");
        await session.Evaluator.Feed(7, "200");
        await Await.Until(() => session.Evaluator.Count("select count(*) from evaluator_events"), count => count == 27, "all is stored");
        await session.Book.Put("five", Rule(5), 0, null, Engineer, default);
        await session.Insert("five", Sigma.ServiceTests.Evaluator.EvaluatorSession.Noon.AddMinutes(1), "100");
        await using var page = await session.Open<RuleEditor>("rules/edit?name=five");
        await page.Shows("Nothing is wrong.");

        await page.Click("Back-test");
        await page.Send("Try it");
        await page.Shows("It would have raised 2 alerts; the present rule raised 1 in the same time.");
        Assert.Contains("<svg class=\"chart\"", page.Html);
        Assert.DoesNotContain("NaN", page.Html);
        await page.Type("rule-why", "a try");
        await page.Click("Form");
        await page.Type("rule-threshold", "8");
        await page.Shows("The rule was changed after this test.");
        Assert.Equal(1, (await session.Book.Find("five", null, Engineer, default))!.Revision);
    }

    [Theory]
    [InlineData(Role.Viewer)]
    [InlineData(Role.Operator)]
    public async Task Who_is_no_engineer_sees_no_form(Role role)
    {
        await using var session = await RulesSession.Start();
        await using var page = await session.Open<RuleEditor>("rules/edit?kind=count", Engineer with { Role = role });
        await page.Shows("Only engineers who see everything may change rules.");
        Assert.DoesNotContain("<form", page.Html);
    }

    [Fact]
    public async Task A_rule_of_the_settings_is_not_edited()
    {
        await using var session = await RulesSession.Start();
        await using var page = await session.Open<RuleEditor>("rules/edit?name=excess-of-events");
        await page.Shows("in the settings");
        Assert.DoesNotContain("<form", page.Html);
    }

    static JsonObject Rule(int threshold) => new() { ["Name"] = "five", ["Threshold"] = threshold };
}
