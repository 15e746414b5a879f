using System.Text.Json;
using System.Text.Json.Nodes;
using Sigma.OperatorConsole.Rules;

namespace Sigma.UnitTests.Console.Rules;

public sealed class Rules_while_they_are_typed
{
    const string Whole =
        """
        {
          "Name": "burglary", "Mode": "shadow", "Include": { "cuc": "BEM" }, "Exclude": { "code": "E602,R401" }, "GroupBy": "account,code",
          "Window": "00:30:00", "Threshold": 8, "ClearBelow": 4, "Severity": "critical", "Category": "intrusion", "Summary": "{account} is \u00e9",
          "Annotations": { "team": "night" }, "Runbook": "https://wiki/burglary", "For": "00:05:00",
          "Hours": ["mon-fri 18:00-08:00 America/Sao_Paulo"], "FormerNames": ["old", "older"],
          "Overrides": [ { "Labels": { "account": "100073" }, "Threshold": 20, "ClearBelow": 10 }, { "Labels": { "code": "E130" }, "Threshold": 1 } ]
        }
        """;

    [Theory]
    [InlineData(Whole)]
    [InlineData("""{"Name":"disk","Kind":"threshold","Source":"metrics","GroupBy":"host","Beyond":"outside","Limit":-1.5,"UpperLimit":90}""")]
    [InlineData("""{"Name":"silent","Kind":"absence","Source":"agents","GroupBy":"host","After":"00:05:00"}""")]
    [InlineData("""{"Name":"grafana","Kind":"external","Source":"grafana","GroupBy":"alertname","CloseAfter":"06:00:00"}""")]
    [InlineData("{}")]
    public void A_rule_comes_back_from_the_form_as_it_was(string json) => Same(json, RuleDraft.Parse(json).ToJson());

    [Theory]
    [InlineData("""{"Name":"five","Moon":{"phase":["full"]},"Threshold":5}""")]
    [InlineData("""{"Name":"five","Threshold":{"of":"another kind"},"Hours":{"not":"a list"},"Include":["cuc"]}""")]
    [InlineData("""{"Name":"five","Kind":"of tomorrow","Mode":7}""")]
    [InlineData("""{"Name":"five","Overrides":[{"Labels":{"account":"1"},"Threshold":5,"Severity":"high"}]}""")]
    [InlineData("""{"Name":"five","Overrides":"none"}""")]
    public void What_the_form_does_not_know_stays_in_it(string json)
    {
        var draft = RuleDraft.Parse(json);
        Same(json, draft.ToJson());
        draft["Severity"] = "high";
        var changed = draft.ToJson();
        Assert.Equal("high", changed["Severity"]!.GetValue<string>());
        changed.Remove("Severity");
        Same(json, changed);
    }

    [Fact]
    public void Names_may_be_in_any_case_and_come_back_as_rules_have_them()
    {
        var draft = RuleDraft.Parse(
            """{"name":"five","groupby":"account","BEYOND":"AtLeast","kind":"threshold","overrides":[{"labels":{"a":"1"}}]}""");
        Same("""{"Name":"five","Kind":"threshold","GroupBy":"account","Beyond":"atLeast","Overrides":[{"Labels":{"a":"1"}}]}""", draft.ToJson());
    }

    [Fact]
    public void What_is_typed_is_read_as_people_write_it()
    {
        RuleDraft draft = new() { Name = "five", Kind = "threshold" };
        draft["Limit"] = "1,5";
        draft["NoDataAfter"] = "90 min";
        draft["Threshold"] = " 7 ";
        draft["Hours"] = "mon 08:00-18:00 UTC\n\n tue 08:00-18:00 UTC ";
        draft.Include.Add(new() { Name = " cuc ", Value = " BEM " });
        draft.Include.Add(new());
        Same("""
            {"Name":"five","Kind":"threshold","Limit":1.5,"NoDataAfter":"01:30:00","Threshold":7,"Include":{"cuc":"BEM"},
             "Hours":["mon 08:00-18:00 UTC","tue 08:00-18:00 UTC"]}
            """, draft.ToJson());
        Assert.Empty(draft.Faults());
    }

    [Fact]
    public void What_no_rule_can_say_is_a_fault_and_is_not_lost()
    {
        RuleDraft draft = new() { Name = "five" };
        draft["Window"] = "5";
        draft["Threshold"] = "many";
        draft.Include.AddRange([new() { Name = "cuc", Value = "BEM" }, new() { Name = "CUC", Value = "ALR" }]);
        draft.Exclude.Add(new() { Value = "E130" });
        draft.Overrides.Add(new());
        draft.Overrides[0]["ClearBelow"] = "few";

        Assert.Equal([("Window", "FaultDuration"), ("Threshold", "FaultWhole"), ("Include", "FaultTwice"), ("Exclude", "FaultNameless"),
            ("Overrides.0.ClearBelow", "FaultWhole")], draft.Faults());
        Assert.Equal(("5", "many"), (draft["Window"], draft["Threshold"]));
    }

    [Fact]
    public void What_is_as_by_default_is_not_written()
    {
        var draft = RuleDraft.Parse("""{"Name":"five","Mode":"live","Kind":"count","Threshold":5}""");
        Assert.Equal(("live", "count", ""), (draft.Mode, draft.Kind, draft["Window"]));
        draft["Threshold"] = "";
        Same("""{"Name":"five"}""", draft.ToJson());
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("5")]
    [InlineData("null")]
    [InlineData("""{"Name":"five","Name":"six"}""")]
    [InlineData("{")]
    public void What_is_no_object_is_no_rule(string json) => Assert.ThrowsAny<JsonException>(() => RuleDraft.Parse(json));

    [Theory]
    [InlineData("2h", "02:00:00")]
    [InlineData("1d 12h", "1.12:00:00")]
    [InlineData("90 min", "01:30:00")]
    [InlineData("45s", "00:00:45")]
    [InlineData("02:00:00", "02:00:00")]
    [InlineData("1.02:00:00", "1.02:00:00")]
    [InlineData("5", null)]
    [InlineData("", null)]
    [InlineData("soon", null)]
    [InlineData("99999d 999999h", "141665.15:00:00")]
    public void A_duration_is_what_has_a_unit(string text, string? canonical) => Assert.Equal(canonical, DurationText.Canonical(text));

    [Theory]
    [InlineData("rule 1: Threshold must be between 1 and 1000000", "Threshold", "SaysBetween 1 1000000")]
    [InlineData("Name is required", "Name", "SaysRequired")]
    [InlineData("rule 1: Overrides.0.ClearBelow is 9, above the threshold of 5: an alert would be cleared at once", "Overrides.0.ClearBelow",
        "SaysAboveThreshold 9 5")]
    [InlineData("GroupBy uses the label host, which Segware's events do not have; theirs are account, cuc, code", "GroupBy",
        "SaysNotSegwares host account, cuc, code")]
    [InlineData("rule five: the settings have it, and can alone change it; clone it to have another", null, "SaysOfSettings five")]
    [InlineData("something else", null, "something else")]
    public void A_fault_is_said_at_its_field(string sentence, string? field, string said)
    {
        var fault = RuleFault.Read(sentence);
        Assert.Equal((field, said), (fault.Field, fault.In((key, values) => string.Join(' ', [key, .. values]))));
    }

    static void Same(string expected, JsonNode actual) =>
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(expected), JsonNode.Parse(actual.ToJsonString())), actual.ToJsonString());
}
