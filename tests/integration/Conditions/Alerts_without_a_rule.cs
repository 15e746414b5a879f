using Sigma.Contracts;
using Sigma.Evaluator;
using Sigma.Evaluator.Rules;
using Sigma.IntegrationTests.Evaluation;
using Sigma.IntegrationTests.Stations;
using static Sigma.IntegrationTests.Conditions.News;

namespace Sigma.IntegrationTests.Conditions;

/// <summary>The built-in rules: a webhook or an agent that nobody has written a rule for.</summary>
public sealed class Alerts_without_a_rule(ITestOutputHelper output)
{
    const string Acknowledged = "Sigma.Contracts:AlertAcknowledged", Updated = "Sigma.Contracts:AlertUpdated";

    [Fact]
    public async Task Are_raised_for_each_condition_with_its_labels_and_severity_and_cleared_with_it()
    {
        await using var station = await Station.Create(output);
        var evaluators = await Task.WhenAll(station.StartEvaluator(), station.StartEvaluator());
        var firing = News.Conditions(Fires("1", "critical"), Fires("2", "low"), Fires("3", null) with { Labels = new Dictionary<string, string>() });
        await Task.WhenAll(evaluators[0].Feed(firing), evaluators[1].Feed(firing));
        await station.Alerts.UntilRaised(3);
        await station.Quiet();

        // Two alerts of one sender with the same labels are two.
        Assert.Equal([("1 is wrong", "critical"), ("2 is wrong", "low"), ("3 is wrong", "warning")], station.Alerts.Raised
            .Select(alert => (Text(alert, "summary"), Text(alert, "severity"))).Order());
        Assert.Equal("a", station.Alerts.Raised.First(alert => Text(alert, "severity") == "low").Label("host"));
        Assert.All(station.Alerts.Raised, alert => Assert.Equal(("reported:grafana", "external", "grafana"),
            (Text(alert, "rule"), Text(alert, "kind"), Text(alert, "source"))));

        await evaluators[1].Feed(News.Conditions(Condition("2", "a", ConditionState.Resolved, Noon.AddMinutes(1)),
            Fires("3", null) with { Labels = new Dictionary<string, string>(), State = ConditionState.Resolved, ReportedAt = Noon.AddMinutes(1) }));
        await station.Alerts.UntilCleared(2);
        await station.Quiet();
        Assert.All(station.Alerts.Cleared, alert => Assert.Equal("resolved", Text(alert, "reason")));
        Assert.Equal(["low", "warning"], station.Alerts.Cleared.Select(alert => Text(alert, "severity")).Order());
        Assert.Empty(station.Traffic.Faults);
    }

    [Fact]
    public async Task Are_told_of_again_when_their_severity_changes_and_acknowledged_with_the_sender()
    {
        await using var station = await Station.Create(output);
        await using var heard = await AmqpSubscriber.Open(station.Broker, [Acknowledged, Updated]);
        var evaluator = await station.StartEvaluator();
        await evaluator.Feed(News.Conditions(Fires("1", "low")));
        await station.Alerts.UntilRaised(1);
        var raised = station.Alerts.Raised.Single().Message.GetProperty("alertId").GetGuid();

        var worse = News.Conditions(Fires("1", "critical") with { State = ConditionState.Acknowledged, ReportedAt = Noon.AddSeconds(10) });
        await evaluator.Feed(worse, worse);
        await Await.Until(() => Task.FromResult(Heard(heard, "by")), said => said.Count > 0, "it is acknowledged");
        Assert.DoesNotContain(heard.Messages, message => message.Message.TryGetProperty("change", out _)); // a minute has not passed

        station.Clock.Advance(TimeSpan.FromMinutes(2));
        await Await.Until(() => Task.FromResult(heard.Messages.Where(message => message.Message.TryGetProperty("change", out _)).ToList()),
            said => said.Count > 0, "somebody is told of the severity", TimeSpan.FromSeconds(90));
        var updated = heard.Messages.First(message => message.Message.TryGetProperty("change", out _)).Message;
        Assert.Equal(("critical", "measured", raised), (updated.GetProperty("severity").GetString(), updated.GetProperty("change").GetString(),
            updated.GetProperty("alertId").GetGuid()));

        await evaluator.Feed(News.Conditions(Fires("1", "critical") with { State = ConditionState.Acknowledged, ReportedAt = Noon.AddSeconds(20) }));
        await station.Quiet();
        Assert.Equal(["grafana"], Heard(heard, "by").Distinct());
        Assert.Equal(1, await station.Count("select count(*) from evaluator_alert_notes"));
    }

    [Fact]
    public async Task Are_raised_as_taken_on_where_the_sender_has_taken_them_on()
    {
        await using var station = await Station.Create(output);
        await using var heard = await AmqpSubscriber.Open(station.Broker, [Acknowledged]);
        var evaluator = await station.StartEvaluator();
        await evaluator.Feed(News.Conditions(Fires("1", "low") with { State = ConditionState.Acknowledged }));
        await station.Alerts.UntilRaised(1);
        await Await.Until(() => Task.FromResult(Heard(heard, "by")), said => said.Count > 0, "it is acknowledged");
        Assert.Equal("grafana", Heard(heard, "by")[0]);
    }

    [Fact]
    public async Task Go_over_to_the_rule_that_somebody_writes_and_back_to_none_when_it_is_removed()
    {
        await using var station = await Station.Create(output);
        var evaluator = await station.StartEvaluator();
        await evaluator.Feed(Intake(Noon, Noon.AddMinutes(1)));
        await evaluator.Feed(News.Conditions(Fires("1", "low"), Fires("2", "low")));
        await station.Alerts.UntilRaised(2);
        await station.Quiet();

        RuleEdits edits = new(station.Database, new EvaluatorOptions(), station.Clock);
        await edits.Put([new RuleOptions
        {
            Name = "grafana", Kind = RuleKind.External, Source = "grafana", GroupBy = "host", Severity = "reported",
        }], "Ana", null, CancellationToken.None);
        await station.Alerts.UntilCleared(2);
        await station.Alerts.UntilRaised(3); // one for both, by what the built-in rule knew
        await station.Quiet();
        Assert.All(station.Alerts.Cleared, alert => Assert.Equal(("reported:grafana", "rule-changed"), (Text(alert, "rule"), Text(alert, "reason"))));
        Assert.Equal("grafana", Text(station.Alerts.Raised.Last(), "rule"));
        await Await.Until(() => station.Count("select count(*) from evaluator_reported where rule = 'reported:grafana'"), count => count == 0,
            "what the built-in rule knew is deleted");

        await evaluator.Feed(News.Conditions(Condition("1", "a", ConditionState.Resolved, Noon.AddMinutes(2)),
            Condition("2", "a", ConditionState.Resolved, Noon.AddMinutes(2))));
        await station.Alerts.UntilCleared(3);
        await edits.Remove("grafana", "Ana", null, CancellationToken.None);
        await Await.Until(() => station.Count("select count(*) from evaluator_reported"), count => count == 0, "the rule is gone");
        await evaluator.Feed(News.Conditions(Fires("1", "high") with { ReportedAt = Noon.AddMinutes(3) }));
        await station.Alerts.UntilRaised(4);
        Assert.Equal("reported:grafana", Text(station.Alerts.Raised.Last(), "rule"));
    }

    [Fact]
    public async Task Tell_of_agents_that_fall_silent_and_forget_those_that_do_not_come_back()
    {
        await using var station = await Station.Create(output);
        station.Settings["Evaluator:SilentAgents:ForgetAfter"] = "01:00:00";
        var evaluators = await Task.WhenAll(station.StartEvaluator(), station.StartEvaluator());
        await evaluators[0].Feed(Beats(Noon, ("agent", "web-1"), ("agent", "web-2"), ("check", "nightly-backup")));
        await station.Quiet();
        await evaluators[1].Feed(Intake(Noon, Noon.AddMinutes(11)));
        await station.Alerts.UntilRaised(2);
        Assert.Equal(["web-1", "web-2"], station.Alerts.Raised.Select(alert => alert.Label("agent")).Order());
        Assert.All(station.Alerts.Raised, alert => Assert.Equal(("silent:syslog", "high"), (Text(alert, "rule"), Text(alert, "severity"))));

        await evaluators[1].Feed(Beats(Noon.AddMinutes(12), ("agent", "web-2")));
        await station.Alerts.UntilCleared(1);
        Assert.Equal("heard-again", Text(station.Alerts.Cleared.Single(), "reason"));

        await evaluators[0].Feed(Intake(Noon.AddMinutes(11), Noon.AddMinutes(61)));
        await Await.Until(() => Task.FromResult(station.Alerts.Cleared.Count(alert => Text(alert, "reason") == "expired")), count => count == 1,
            "the agent is forgotten", TimeSpan.FromSeconds(150));
        Assert.Equal(0, await station.Count("select count(*) from evaluator_heard where labels like '%web-1%'"));
    }

    static ReportedCondition Fires(string id, string? severity) =>
        Condition(id, "a", ConditionState.Firing, Noon) with { Severity = severity };

    static BeatsReported Beats(DateTimeOffset at, params (string Label, string Value)[] whose) => new()
    {
        BatchId = Guid.NewGuid(), Source = "syslog",
        Beats = [.. whose.Select(who => new Beat { Labels = new Dictionary<string, string> { [who.Label] = who.Value }, At = at })],
    };

    static List<string> Heard(AmqpSubscriber heard, string field) =>
        [.. heard.Messages.Where(message => message.Message.TryGetProperty(field, out var value) && value.GetString() is not null
            && !message.Message.TryGetProperty("change", out _)).Select(message => message.Message.GetProperty(field).GetString()!)];

    static string? Text(AmqpMessage alert, string field) => alert.Message.GetProperty(field).GetString();
}
