using System.Text.Json.Nodes;
using Sigma.OperatorConsole.Access;
using Sigma.OperatorConsole.Services;

namespace Sigma.ServiceTests.Console.Rules;

public sealed class Rules_as_people_change_them
{
    static readonly Caller Engineer = RulesSession.Engineer;
    static readonly Caller Viewer = Engineer with { Name = "Vera", Role = Role.Viewer };
    static readonly Caller Limited = Engineer with
    {
        Name = "Leo", Role = Role.Administrator, Limits = new(new Dictionary<string, IReadOnlyList<string>> { ["company"] = ["Alfa"] }),
    };

    [Fact]
    public async Task What_an_engineer_does_is_done_and_written_down()
    {
        await using var session = await RulesSession.Start();
        var book = session.Book;

        Assert.Equal(("made", 1), Change(await book.Put("a/b & c?", Rule("a/b & c?", 5), 0, " five are many ", Engineer, default)));
        Assert.Equal(("changed", 2), Change(await book.Put("a/b & c?", Rule("a/b & c?", 6), 1, null, Engineer, default)));
        Assert.Equal(2, (await book.Put("a/b & c?", Rule("a/b & c?", 6), 1, null, Engineer, default)).Revision); // its answer got lost
        Assert.Equal("shadow", await Mode(book.SetMode("a/b & c?", "shadow", 2, "a try", Engineer, default)));
        await book.RollBack("a/b & c?", 1, 3, null, Engineer, default);
        await book.Clone("a/b & c?", "clone", null, Engineer, default);
        Assert.True((await book.Remove("a/b & c?", 4, "it was a try", Engineer, default)).IsRemoved);

        var found = (await book.Find("clone", null, Viewer, default))!;
        Assert.Equal(("off", "5", false), (found.Mode, found.Rule!["Threshold"]!.ToString(), found.IsProvisioned));
        Assert.Null(await book.Find("a/b & c?", null, Viewer, default));
        Assert.Equal("6", (await book.Find("a/b & c?", 2, Viewer, default))!.Rule!["Threshold"]!.ToString());
        var revisions = await book.Revisions("a/b & c?", null, 3, Viewer, default);
        Assert.Equal(["6 True", "4 False", "3 False"], revisions.Items.Select(each => $"{each.Revision} {each.IsRemoved}"));
        Assert.Equal([2, 1], (await book.Revisions("a/b & c?", revisions.Next, 3, Viewer, default)).Items.Select(each => each.Revision));
        Assert.Equal([new("Threshold", "5", "6")], await book.Difference("a/b & c?", 1, 2, Viewer, default));
        Assert.Equal("five are many", (await book.Revisions("a/b & c?", "2", 3, Viewer, default)).Items[0].Why);
        Assert.Equal(["excess-of-events True", "reported:* True", "silent:* True", "clone False"],
            (await book.List(Viewer, default)).Rules.Select(each => $"{each.Name} {each.IsProvisioned}"));
        Assert.Equal(["Ana rule.put a/b & c?", "Ana rule.put a/b & c?", "Ana rule.mode a/b & c?", "Ana rule.rollback a/b & c?",
            "Ana rule.clone a/b & c?", "Ana rule.remove a/b & c?"], await session.Audited());

        async Task<string?> Mode(Task<RuleChange> change)
        {
            await change;
            return (await book.Find("a/b & c?", null, Viewer, default))!.Mode;
        }
    }

    [Fact]
    public async Task What_is_refused_says_each_fault_and_changes_nothing()
    {
        await using var session = await RulesSession.Start();
        var book = session.Book;
        JsonObject wrong = new() { ["Name"] = "five", ["Threshold"] = 0, ["Severity"] = "" };

        Assert.Contains("rule 1: Threshold must be between 1 and 1000000", await book.Check(wrong, Engineer, default));
        Assert.Empty(await book.Check(Rule("five", 5), Engineer, default));
        var refused = await Assert.ThrowsAsync<ServiceException>(() => book.Put("five", wrong, 0, null, Engineer, default));
        Assert.Equal(422, refused.Status);
        Assert.Contains("Threshold must be between 1 and 1000000", refused.Faults);
        Assert.Equal(409, (await Assert.ThrowsAsync<ServiceException>(() =>
            book.Put("excess-of-events", Rule("excess-of-events", 5), null, null, Engineer, default))).Status);
        Assert.Equal(404, (await Assert.ThrowsAsync<ServiceException>(() => book.SetMode("none", "off", null, null, Engineer, default))).Status);
        Assert.Empty(await session.Audited());
    }

    [Fact]
    public async Task A_change_of_somebody_else_is_not_lost()
    {
        await using var session = await RulesSession.Start();
        var book = session.Book;
        await book.Put("five", Rule("five", 5), 0, null, Engineer, default);
        await book.Put("five", Rule("five", 6), 1, null, Engineer with { Name = "Rui" }, default);

        var lost = await Assert.ThrowsAsync<ServiceException>(() => book.Put("five", Rule("five", 7), 1, null, Engineer, default));
        Assert.True(lost.IsOutdated);
        Assert.Equal(412, lost.ApiStatus);
        Assert.True((await Assert.ThrowsAsync<ServiceException>(() => book.Put("five", Rule("five", 7), 0, null, Engineer, default))).IsOutdated);
        Assert.Equal([new("Threshold", "5", "6")], await book.Difference("five", 1, null, Engineer, default));
        Assert.Equal(3, (await book.Put("five", Rule("five", 7), 2, null, Engineer, default)).Revision);
    }

    [Fact]
    public async Task Who_is_no_engineer_or_sees_a_part_only_changes_nothing()
    {
        await using var session = await RulesSession.Start();
        var book = session.Book;
        foreach (var caller in (Caller[])[Viewer, Viewer with { Role = Role.Operator }, Limited])
        {
            await Forbidden(() => book.Put("five", Rule("five", 5), null, null, caller, default));
            await Forbidden(() => book.SetMode("excess-of-events", "off", null, null, caller, default));
            await Forbidden(() => book.RollBack("five", 1, null, null, caller, default));
            await Forbidden(() => book.Clone("excess-of-events", "five", null, caller, default));
            await Forbidden(() => book.Remove("excess-of-events", null, null, caller, default));
            await Forbidden(() => book.Check(Rule("five", 5), caller, default));
            Assert.Throws<ForbiddenException>(() => book.Backtest(new() { Name = "excess-of-events" }, caller, default));
        }
        await Forbidden(() => book.List(Limited, default));
        await Forbidden(() => book.Find("excess-of-events", null, Limited, default));
        await Forbidden(() => book.Revisions(null, null, 10, Limited, default));
        await Forbidden(() => book.Difference("excess-of-events", 1, null, Limited, default));
        await Forbidden(() => session.Episodes.Activity(Limited, default));
        Assert.Single((await book.List(Viewer, default)).Rules, rule => !rule.IsBuiltIn);

        static async Task Forbidden(Func<Task> call) => await Assert.ThrowsAsync<ForbiddenException>(call);
    }

    [Fact]
    public async Task A_rule_is_tried_on_what_was()
    {
        await using var session = await RulesSession.Start();
        await session.Evaluator.Raise("100");
        await session.Evaluator.Feed(7, "200");
        await Await.Until(() => session.Evaluator.Count("select count(*) from evaluator_events"), count => count == 27, "all is stored");

        List<BacktestLine> lines = [];
        await foreach (var line in session.Book.Backtest(new() { Rule = Rule("five", 5), Days = 1 }, Engineer, default))
            lines.Add(line);
        Assert.Equal((27, 2, 2), lines.OfType<BacktestSummary>().Select(found => ((int)found.Events, found.Keys, found.Alerts)).Single());
        Assert.Equal(["100", "200"], lines.OfType<BacktestAlert>().Select(alert => alert.Labels["account"]).Order());

        var refused = await Assert.ThrowsAsync<ServiceException>(async () =>
        {
            await foreach (var _ in session.Book.Backtest(new() { Rule = Rule("five", 0) }, Engineer, default))
                Assert.Fail("A line came of a rule that is wrong");
        });
        Assert.Equal(422, refused.Status);
    }

    [Fact]
    public async Task How_much_each_rule_raises_is_counted_from_what_the_console_was_told()
    {
        await using var session = await RulesSession.Start();
        var noon = Sigma.ServiceTests.Evaluator.EvaluatorSession.Noon;
        foreach (var (rule, days) in (List<(string, int)>)[("five", 1), ("five", 2), ("five", 20), ("old", 30)])
            await session.Insert(rule, noon.AddDays(-days));

        var activity = await session.Episodes.Activity(Viewer, default);
        Assert.Equal((noon.AddDays(-1), 2 / 14.0), (activity["five"].LastRaisedAt, activity["five"].EpisodesPerDay));
        Assert.Equal((noon.AddDays(-30), 0), (activity["old"].LastRaisedAt, activity["old"].EpisodesPerDay));
        Assert.Equal(activity["five"], await session.Episodes.Activity("five", Viewer, default));
        Assert.Null(await session.Episodes.Activity("none", Viewer, default));
        Assert.Equal([noon.AddDays(-1), noon.AddDays(-2)],
            (await session.Episodes.Of("five", noon.AddDays(-3), noon, 10, Viewer, default)).Select(each => each.RaisedAt));
        Assert.Single(await session.Episodes.Of("five", noon.AddDays(-3), noon, 1, Viewer, default));
    }

    static JsonObject Rule(string name, int threshold) => new() { ["Name"] = name, ["Threshold"] = threshold };

    static (string?, long) Change(RuleChange change) => (change.Change, change.Revision);
}
