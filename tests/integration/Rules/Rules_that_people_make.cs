using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Sigma.Evaluator;
using Sigma.Evaluator.Changes;
using Sigma.Evaluator.Queries;
using Sigma.Evaluator.Rules;
using Sigma.IntegrationTests.Evaluation;
using Sigma.IntegrationTests.Stations;
using static Sigma.IntegrationTests.Evaluation.Batches;

namespace Sigma.IntegrationTests.Rules;

public sealed class Rules_that_people_make(ITestOutputHelper output)
{
    const string ShadowRaised = "Sigma.Contracts:ShadowAlertRaised", ShadowCleared = "Sigma.Contracts:ShadowAlertCleared";

    [Fact]
    public async Task A_new_rule_counts_what_is_stored_and_its_alert_ends_when_it_is_removed()
    {
        await using var station = await Station.Create(output);
        var evaluators = await Task.WhenAll(station.StartEvaluator(), station.StartEvaluator());
        await station.Feed(evaluators[0], Slice(Noon.AddHours(-2), Noon, []), Slice(Noon, Noon.AddMinutes(5), Burst(5, Noon)));

        var edits = Edits(station);
        await edits.Put([Five()], "Ana", "too many would be missed", CancellationToken.None);
        await station.Alerts.UntilRaised(1);
        await InForce(evaluators, 1);
        await station.Quiet();
        var raised = station.Alerts.Raised.Single();
        Assert.Equal(("five", 5), (raised.Message.GetProperty("rule").GetString(), raised.Message.GetProperty("count").GetInt32()));

        await edits.Remove("five", "Rui", null, CancellationToken.None);
        await station.Alerts.UntilCleared(1);
        await InForce(evaluators, 2);
        await station.Quiet();
        Assert.Equal("rule-removed", station.Alerts.Cleared.Single().Message.GetProperty("reason").GetString());
        Assert.Single(station.Alerts.Raised);
        Assert.Equal(["removed by Rui: ", "made by Ana: too many would be missed"],
            (await Query(station).History("five", 10, CancellationToken.None)).Select(change => $"{change.Change} by {change.By}: {change.Why}"));
        Assert.Empty(station.Traffic.Faults);
    }

    [Fact]
    public async Task A_rule_in_the_shadow_tells_nobody_and_is_raised_anew_when_it_is_live()
    {
        await using var station = await Station.Create(output);
        await using var console = await AmqpSubscriber.Open(station.Broker, [ShadowRaised, ShadowCleared]);
        var evaluators = await Task.WhenAll(station.StartEvaluator(), station.StartEvaluator());
        await station.Feed(evaluators[0], Slice(Noon.AddHours(-2), Noon, []), Slice(Noon, Noon.AddMinutes(5), Burst(5, Noon)));

        var edits = Edits(station);
        await edits.Put([Five(RuleMode.Shadow)], "Ana", null, CancellationToken.None);
        await Heard(console, ShadowRaised);
        await station.Quiet();
        Assert.Empty(station.Alerts.Raised);
        Assert.Empty(await new RaisedAlertQuery(station.Database).All(CancellationToken.None));

        await edits.SetMode("five", RuleMode.Live, "Ana", "it is right", CancellationToken.None);
        await station.Alerts.UntilRaised(1);
        await Heard(console, ShadowCleared);

        await edits.SetMode("five", RuleMode.Off, "Ana", null, CancellationToken.None);
        await station.Alerts.UntilCleared(1);
        await InForce(evaluators, 3);
        await station.Quiet();
        Assert.Equal("rule-changed", station.Alerts.Cleared.Single().Message.GetProperty("reason").GetString());
        Assert.Single(console.Messages.Where(message => message.Exchange == ShadowRaised).DistinctBy(message => message.MessageId));
        Assert.Single(station.Alerts.Raised);
        Assert.Empty(station.Traffic.Faults);
    }

    [Fact]
    public async Task A_limit_that_is_changed_and_rolled_back_judges_what_is_raised()
    {
        await using var station = await Station.Create(output);
        var evaluator = await station.StartEvaluator();
        await station.Feed(evaluator, Slice(Noon.AddHours(-2), Noon, []), Slice(Noon, Noon.AddMinutes(5), Burst(5, Noon)));
        var edits = Edits(station);
        await edits.Put([Five()], "Ana", null, CancellationToken.None);
        await station.Alerts.UntilRaised(1);

        var higher = Five();
        higher.Threshold = 6;
        await edits.Put([higher], "Ana", null, CancellationToken.None);
        await station.Alerts.UntilCleared(1);
        Assert.Equal("volume-normal", station.Alerts.Cleared.Single().Message.GetProperty("reason").GetString());

        Assert.Equal((3, "rolled back to 1"),
            (await edits.RollBack("five", 1, "Ana", null, CancellationToken.None)).Select(e => (e.Revision, e.Change))
            .Single());
        await InForce([evaluator], 3);
        await station.Feed(evaluator, Slice(Noon.AddMinutes(5), Noon.AddMinutes(10), Burst(5, Noon.AddMinutes(6))));
        await station.Alerts.UntilRaised(2);
        Assert.Empty(station.Traffic.Faults);
    }

    [Fact]
    public async Task A_change_that_is_refused_leaves_everything_as_it_was()
    {
        await using var station = await Station.Create(output);
        await station.StartEvaluator();
        var edits = Edits(station);
        await edits.Put([Five()], "Ana", null, CancellationToken.None);

        var twin = Five();
        twin.Name = "FIVE";
        await Refused(() => edits.Put([new RuleOptions { Name = "other" }, twin], "Ana", null, CancellationToken.None), "names two rules");
        await Refused(() => edits.Put([new RuleOptions { Name = "excess-of-events" }], "Ana", null, CancellationToken.None), "the settings have it");
        await Refused(() => edits.Remove("excess-of-events", "Ana", null, CancellationToken.None), "no rule excess-of-events that people made");
        await Refused(() => edits.RollBack("five", 9, "Ana", null, CancellationToken.None), "has no revision 9");
        await Refused(() => edits.Clone("five", "excess-of-events", "Ana", null, CancellationToken.None), "there is a rule");
        await Refused(() => edits.Put([Five()], "", null, CancellationToken.None), "who changes it");

        Assert.Equal([1L], (await Query(station).History(null, 10, CancellationToken.None)).Select(change => change.Number));
        Assert.Null((await edits.Put([Five()], "Rui", null, CancellationToken.None)).Single().Change); // it says so already
    }

    [Fact]
    public async Task Of_many_changes_of_what_was_read_one_is_made_and_the_others_are_refused()
    {
        await using var station = await Station.Create(output);
        await Edits(station).Put([Five()], "Ana", null, CancellationToken.None);

        var made = await Task.WhenAll(Enumerable.Range(6, 8).Select(async threshold =>
        {
            RuleEdits edits = new(station.Database, new EvaluatorOptions(), station.Clock) { Expected = new ExpectedRevision("five", 1) };
            try
            {
                await edits.Put([new RuleOptions { Name = "five", Threshold = threshold }], "Ana", null, CancellationToken.None);
                return true;
            }
            catch (RuleTextException e) when (e.Refusal == RuleRefusal.Outdated)
            {
                return false;
            }
        }));

        Assert.Single(made, isMade => isMade);
        Assert.Equal([2L, 1L], (await Query(station).History("five", 10, CancellationToken.None)).Select(change => change.Number));
    }

    [Fact]
    public async Task One_that_a_newer_version_made_is_left_alone_with_its_alerts()
    {
        await using var station = await Station.Create(output);
        var evaluator = await station.StartEvaluator();
        await station.Feed(evaluator, Slice(Noon.AddHours(-2), Noon, []), Slice(Noon, Noon.AddMinutes(5), Burst(5, Noon)));
        await Edits(station).Put([Five()], "Ana", null, CancellationToken.None);
        await station.Alerts.UntilRaised(1);

        await using (var session = await station.Database.Begin(CancellationToken.None))
        {
            await RuleBook.Revisions.Lock(session, CancellationToken.None);
            await RuleBook.Revisions.Write(session, "five", "changed", """{"Name":"five","Threshold":5,"Moon":"full"}""", "a newer version", null,
                station.Clock.GetUtcNow(), CancellationToken.None);
            await session.Commit(CancellationToken.None);
        }
        await InForce([evaluator], 2);
        await station.Feed(evaluator, Slice(Noon.AddMinutes(5), Noon.AddHours(5), []));

        Assert.Empty(station.Alerts.Cleared);
        Assert.Contains("Moon", (await Query(station).All(CancellationToken.None)).Single(rule => rule.Name == "five").Fault);
        using Poison.Shell shell = new(station);
        foreach (var command in (string[][])[["rules", "show", "five"], ["rules", "show", "five", "--revision", "2"]])
        {
            var (code, said, error) = await shell.Sigma(command);
            Assert.Equal((1, ""), (code, error));
            Assert.StartsWith("This version cannot read the rule five", said);
        }
        Assert.Equal(0, (await shell.Sigma("rules", "show", "five", "--revision", "1")).ExitCode);
        Assert.Equal(1, (await shell.Sigma("rules", "show", "five", "--revision", "7")).ExitCode);
        Assert.Empty(station.Traffic.Faults);
    }

    [Fact]
    public async Task No_trigger_is_judged_by_what_a_rule_said_before_it_was_changed()
    {
        await using var station = await Station.Create(output);
        station.WithoutFaults("it compares moments");
        var evaluators = await Task.WhenAll(station.StartEvaluator(), station.StartEvaluator());
        await station.Feed(evaluators[0], Slice(Noon.AddHours(-2), Noon, []));
        var edits = Edits(station);
        List<(DateTimeOffset From, DateTimeOffset To, int Threshold)> changes = [];
        await Change(3);

        using var enough = new CancellationTokenSource();
        var load = Load(evaluators, enough.Token);
        for (var threshold = 4; threshold < 24; threshold++)
        {
            var before = station.Alerts.Raised.Count;
            await Change(3 + threshold % 5);
            await station.Alerts.UntilRaised(before + 20); // under load, and by both
        }
        await enough.CancelAsync();
        await load;
        await station.Quiet();

        foreach (var alert in station.Alerts.Raised.Where(alert => alert.Message.GetProperty("rule").GetString() == "five"))
        {
            var at = alert.Message.GetProperty("raisedAt").GetDateTimeOffset();
            var threshold = alert.Message.GetProperty("threshold").GetInt32();
            // While a change was being made it may be either.
            var right = changes.Where((change, i) => change.From <= at && (i + 1 == changes.Count || at <= changes[i + 1].To))
                .Select(c => c.Threshold);
            Assert.True(right.Contains(threshold),
                $"raised at {at:O} by the threshold {threshold}; then it was {string.Join(" or ", right)}");
        }
        Assert.Empty(station.Traffic.Faults);

        async Task Change(int threshold)
        {
            var rule = Five();
            (rule.Threshold, rule.ClearBelow) = (threshold, 1);
            var from = station.Clock.GetUtcNow();
            await edits.Put([rule], "Ana", null, CancellationToken.None);
            changes.Add((from.AddMilliseconds(-1), station.Clock.GetUtcNow(), threshold));
        }
    }

    // Each batch has keys of its own, of which each has enough for an alert.
    static async Task Load(WebApplication[] evaluators, CancellationToken enough)
    {
        for (var i = 0; !enough.IsCancellationRequested; i++)
        {
            var from = Noon.AddSeconds(i);
            await evaluators[i % evaluators.Length].Feed(Slice(from, from.AddSeconds(1),
                Enumerable.Range(0, 10).SelectMany(key => Enumerable.Range(0, 8).Select(n => Event($"{i}-{key}-{n}", from, $"{i}-{key}")))));
        }
    }

    static RuleOptions Five(RuleMode mode = RuleMode.Live) => new() { Name = "five", Threshold = 5, Mode = mode };

    static RuleEdits Edits(Station station) => new(station.Database, new EvaluatorOptions(), station.Clock);

    static RuleQuery Query(Station station) => new(station.Database, new EvaluatorOptions());

    static async Task Refused(Func<Task> change, string reason) =>
        Assert.Contains(reason, (await Assert.ThrowsAsync<RuleTextException>(change)).Message);

    static Task Heard(AmqpSubscriber console, string exchange) =>
        Await.Until(() => Task.FromResult(console.Messages.Count(message => message.Exchange == exchange)), count => count > 0,
            $"{exchange} is heard");

    static Task InForce(WebApplication[] evaluators, long revision) => Await.Until(() => Task.FromResult(evaluators.All(evaluator =>
        {
            var rules = evaluator.Services.GetRequiredService<RuleSet>();
            var inForce = evaluator.Services.GetRequiredService<RulesInForce>();
            return rules.Revision >= revision && rules.All.All(inForce.Includes);
        })), all => all, $"revision {revision} is in force");
}
