using System.Text.Json.Nodes;
using Sigma.OperatorConsole.Pages.Routes;
using Sigma.OperatorConsole.Routes;

namespace Sigma.UnitTests.Console.Routes;

public sealed class Routes_by_forms
{
    static readonly JsonObject Made = (JsonObject)JsonNode.Parse("""
        {
          "Routes": [
            { "Name": "office", "Matchers": ["code=~E6.."], "Receiver": "operators", "OfTomorrow": { "a": 1 } },
            { "name": "fire", "parent": "office", "Matchers": ["code=E611"] }
          ],
          "Inhibitions": [ { "Name": "provider", "Source": ["rule=a"], "Target": ["rule=b"] } ]
        }
        """)!;

    [Fact]
    public void A_route_is_changed_where_it_stands_and_keeps_what_the_form_does_not_know()
    {
        var draft = PolicyDraft.Of(Made);
        var form = RouteEntryForm.Of(draft.Find(PolicyDraft.Routes, "office"), "office", 7);
        Assert.Equal(("office", "code=~E6..", "operators", false, 7), (form.Was, form.Matchers, form.Receiver, form.Continue, form.Revision));
        form.Name = "bureau";
        form.Matchers = " code=~E6.. \n\nseverity=critical";
        form.Receiver = "";
        form.Continue = true;
        form.Hours = "mon 08:00-18:00";

        draft.Put(PolicyDraft.Routes, form.Old, form.Route());

        Assert.Equal(["bureau", "fire"], draft.Names(PolicyDraft.Routes));
        var route = draft.Find(PolicyDraft.Routes, "bureau")!;
        Assert.Equal(
            """{"OfTomorrow":{"a":1},"Name":"bureau","Matchers":["code=~E6..","severity=critical"],"Continue":true,"Hours":["mon 08:00-18:00"]}""",
            route.ToJsonString());
        Assert.Equal("bureau", PolicyDraft.Text(draft.Find(PolicyDraft.Routes, "fire")!, "Parent")); // what stood below it still does
        Assert.Equal("provider", draft.Policy["Inhibitions"]![0]!["Name"]!.ToString());
        Assert.Equal(["office", "fire"], PolicyDraft.Of(Made).Names(PolicyDraft.Routes)); // the text itself is as it was
    }

    [Fact]
    public void A_new_one_stands_at_the_end_or_before_another_and_a_list_is_made_for_the_first()
    {
        var draft = PolicyDraft.Of(Made);
        draft.Put(PolicyDraft.Routes, null, new RouteEntryForm { Name = "last" }.Route());
        draft.Put(PolicyDraft.Routes, null, new RouteEntryForm { Name = "first" }.Route(), "office");
        Assert.Equal(["first", "office", "fire", "last"], draft.Names(PolicyDraft.Routes));
        draft.Put(PolicyDraft.Routes, "last", new RouteEntryForm { Name = "last" }.Route(), "fire");
        Assert.Equal(["first", "office", "last", "fire"], draft.Names(PolicyDraft.Routes));

        draft.Put(PolicyDraft.Maintenance, null, new RouteEntryForm { Name = "works", Matchers = "account=1", Hours = "sun 02:00-06:00" }.Window());
        Assert.Equal("""[{"Name":"works","Matchers":["account=1"],"Hours":["sun 02:00-06:00"]}]""", draft.Policy["Maintenance"]!.ToJsonString());
        Assert.True(draft.Remove(PolicyDraft.Maintenance, "works"));
        Assert.False(draft.Remove(PolicyDraft.Maintenance, "works"));
    }

    [Fact]
    public void An_inhibition_is_changed_where_it_stands()
    {
        var draft = PolicyDraft.Of(Made);
        var form = InhibitionForm.Of(draft.Find(PolicyDraft.Inhibitions, "provider"), "provider", 7);
        Assert.Equal(("provider", "rule=a", "rule=b", ""), (form.Was, form.Source, form.Target, form.Equal));
        form.Target = "rule=b\ncode=~E6.*";
        form.Equal = " provider \n";

        draft.Put(PolicyDraft.Inhibitions, form.Old, form.Entry());

        Assert.Equal("""[{"Name":"provider","Source":["rule=a"],"Target":["rule=b","code=~E6.*"],"Equal":["provider"]}]""",
            draft.Policy["Inhibitions"]!.ToJsonString());
    }

    [Fact]
    public void An_escalation_has_a_line_a_step_and_the_routes_that_name_it_follow_its_name()
    {
        var draft = PolicyDraft.Of((JsonObject)JsonNode.Parse("""
            {
              "Routes": [ { "Name": "office", "Escalation": "chain" }, { "Name": "fire", "escalation": "other" } ],
              "Escalations": [ { "Name": "chain", "Steps": [ { "After": "00:10:00", "Receiver": "owner" } ], "Repeat": 2 } ]
            }
            """)!);
        var form = EscalationForm.Of(draft.Find(PolicyDraft.Escalations, "chain"), "chain", 7);
        Assert.Equal([("00:10:00", "owner"), (null, null), (null, null)], form.Steps.Select(step => (step.After, step.Receiver)));
        Assert.Equal("2", form.Repeat);
        (form.Name, form.Repeat) = ("ladder", "");
        form.Steps[1] = new() { After = "1h 30min", Receiver = "board" };

        Assert.Null(form.WrongDuration);
        draft.Put(PolicyDraft.Escalations, form.Old, form.Entry());

        Assert.Equal(
            """[{"Name":"ladder","Steps":[{"After":"00:10:00","Receiver":"owner"},{"After":"01:30:00","Receiver":"board"}]}]""",
            draft.Policy["Escalations"]!.ToJsonString());
        Assert.Equal("ladder", PolicyDraft.Text(draft.Find(PolicyDraft.Routes, "office")!, "Escalation"));
        Assert.Equal("other", PolicyDraft.Text(draft.Find(PolicyDraft.Routes, "fire")!, "Escalation"));
        form.Steps[2] = new() { After = "soon", Receiver = "board" };
        Assert.Equal("soon", form.WrongDuration);
        form.Steps = [.. Enumerable.Range(0, EscalationForm.MostSteps).Select(_ => new StepForm { After = "1 min", Receiver = "owner" })];
        Assert.Equal(EscalationForm.MostSteps, form.WithSpareLines().Steps.Count);
    }

    [Fact]
    public void Revisions_differ_by_the_entries_they_name()
    {
        var draft = PolicyDraft.Of(Made);
        draft.Put(PolicyDraft.Routes, "office", new RouteEntryForm { Name = "office", Matchers = "code=E6", Receiver = "owner" }.Route());
        draft.Put(PolicyDraft.Routes, null, new RouteEntryForm { Name = "new" }.Route(), "office");

        var differences = PolicyDifference.Between(Made, draft.Policy);

        Assert.Contains(new("Routes.office.Matchers", "code=~E6..", "code=E6"), differences);
        Assert.Contains(new("Routes.office.Receiver", "operators", "owner"), differences);
        Assert.Contains(new("Routes.new.Name", null, "new"), differences);
        Assert.DoesNotContain(differences, difference => difference.Field.Contains("Inhibitions", StringComparison.Ordinal));
        Assert.Empty(PolicyDifference.Between(Made, PolicyDraft.Of(Made).Policy));
        Assert.Contains(PolicyDifference.Between(null, Made), difference => difference is { Field: "Routes.office.Receiver", Before: null });
        var turned = (JsonObject)JsonNode.Parse("""{"Routes":[{"Name":"b"},{"Name":"a"}]}""")!;
        Assert.Equal([new("Routes.#", "a, b", "b, a")],
            PolicyDifference.Between((JsonObject)JsonNode.Parse("""{"Routes":[{"Name":"a"},{"Name":"b"}]}""")!, turned));
    }
}
