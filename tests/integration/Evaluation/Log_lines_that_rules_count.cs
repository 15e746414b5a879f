using System.Globalization;
using System.Text.RegularExpressions;
using Sigma.Contracts;
using Sigma.Evaluator;
using Sigma.Evaluator.Backtests;
using Sigma.Evaluator.Queries;
using Sigma.IntegrationTests.Conditions;
using Sigma.IntegrationTests.Stations;
using static Sigma.IntegrationTests.Evaluation.Batches;

namespace Sigma.IntegrationTests.Evaluation;

public sealed class Log_lines_that_rules_count(ITestOutputHelper output)
{
    const string Gateway = "gateway-1";
    static readonly TimeSpan Window = TimeSpan.FromMinutes(10);

    [Fact]
    public async Task Raise_once_by_two_evaluators_and_doubled_batches_and_clear_when_the_window_is_covered_without_them()
    {
        await using var station = await Watched(3);
        var evaluators = await Task.WhenAll(station.StartEvaluator(), station.StartEvaluator());
        var (first, second) = (Batch(1, ("login failed: user ana", 0), ("login ok: user ana", 1), ("login failed: user rui", 1)),
            Batch(2, ("login failed: user ana", 2), ("Login FAILED: user ana", 3), ("test login failed: user rui", 3), ("user rui failed", 4)));
        await Task.WhenAll(evaluators[0].Feed(first, second, first), evaluators[1].Feed(second, first));
        await station.Alerts.UntilRaised(1);
        await station.Quiet();

        var raised = station.Alerts.Raised.Single();
        Assert.Equal(("ana", 3, 3, "count", "syslog"), (raised.Label("user"), raised.Message.GetProperty("count").GetInt32(),
            raised.Message.GetProperty("threshold").GetInt32(), raised.Message.GetProperty("kind").GetString(),
            raised.Message.GetProperty("source").GetString()));
        Assert.Equal(5, await station.Count("select count(*) from evaluator_events"));

        // The batches of the slice are not all here, and then nobody took in news for a while: that proves nothing.
        await evaluators[0].Feed(News.Intake(Noon, Noon.AddMinutes(5), batches: 3), News.Intake(Noon.AddMinutes(20), Noon.AddMinutes(25)));
        await station.Turns<Sigma.Evaluator.Conditions.Counting.Lines.LineClearSweep>(2);
        await station.Quiet();
        Assert.Empty(station.Alerts.Cleared);

        await evaluators[1].Feed(Batch(3, ("nothing", 4)));
        await evaluators[0].Feed(News.Intake(Noon.AddMinutes(5), Noon.AddMinutes(20)));
        await station.Alerts.UntilCleared(1);
        Assert.Equal(("volume-normal", 0), (station.Alerts.Cleared.Single().Message.GetProperty("reason").GetString(),
            station.Alerts.Cleared.Single().Message.GetProperty("count").GetInt32()));
        Assert.Equal(0, await station.Count("select count(*) from evaluator_intake_parts"));
        Assert.Empty(station.Traffic.Faults);
    }

    [Theory]
    [InlineData(1), InlineData(2), InlineData(3)]
    public async Task Random_lines_doubled_and_shuffled_raise_what_brute_force_says(int seed)
    {
        const int Threshold = 4;
        await using var station = await Watched(Threshold);
        var evaluators = await Task.WhenAll(station.StartEvaluator(), station.StartEvaluator());
        Random random = new(seed);
        var batches = Enumerable.Range(1, 12)
            .Select(number => Batch(number, [.. Enumerable.Range(0, 25).Select(_ => (Text(random), random.Next(60)))])).ToList();
        var doubled = batches.Concat(batches.Where(_ => random.Next(2) == 0)).OrderBy(_ => random.Next()).ToList();
        await Task.WhenAll(evaluators[0].Feed(doubled.Where((_, i) => i % 2 == 0)), evaluators[1].Feed(doubled.Where((_, i) => i % 2 == 1)));
        await evaluators[0].Feed(News.Intake(Noon, Noon.AddMinutes(60), batches.Count)); // they name this slice
        await Await.Until(() => station.Count("select count(*) from evaluator_coverage where covered_to > 0"), stretches => stretches == 1,
            "all batches are stored");
        await station.Quiet();

        var counted = batches.SelectMany(batch => batch.Lines).Select(line => (User: Counts(line.Text), line.At)).Where(line => line.User is not null)
            .ToLookup(line => line.User!, line => line.At);
        var over = counted.Where(user => user.Any(at => user.Count(other => other > at - Window && other <= at) >= Threshold))
            .Select(user => user.Key).ToList();
        Assert.Equal(counted.Sum(user => user.Count()), await station.Count("select count(*) from evaluator_events"));
        Assert.Equal(over.Order(), station.Alerts.Raised.Select(alert => alert.Label("user")!).Distinct().Order());
        var rules = await new RuleQuery(station.Database, new EvaluatorOptions { Rules = [Rule(Threshold)] }).Rules(CancellationToken.None);
        var tried = await new Backtest(station.Database, rules, TimeSpan.FromMinutes(1)).Run(rules.All[0], Noon, null, CancellationToken.None);
        Assert.Equal(over.Order(), tried.Alerts.Select(alert => alert.Labels["user"]).Distinct().Order());

        await evaluators[1].Feed(News.Intake(Noon.AddMinutes(60), Noon.AddMinutes(75)));
        await station.Alerts.UntilCleared(station.Alerts.Raised.Count);
        await station.Quiet();
        Assert.Equal(station.Alerts.Raised.Select(l => l.AlertId).Order(), station.Alerts.Cleared.Select(l => l.AlertId).Order());
        Assert.Empty(station.Traffic.Faults);
    }

    // By another way than the evaluator's.
    static string? Counts(string text)
    {
        var words = Regex.Split(text.ToLowerInvariant(), "[^a-z]+");
        return words.Contains("failed") && !words.Contains("test") && Array.IndexOf(words, "user") is >= 0 and var user && user + 1 < words.Length
            ? words[user + 1] : null;
    }

    static string Text(Random random)
    {
        string[] words = ["login", "test", "FAILED", "failed", "unfailed", "ok", "failed:", "late"], users = ["ana", "rui", "eva", "ivo"];
        return $"{string.Join(random.Next(2) == 0 ? " " : ", ", words.OrderBy(_ => random.Next()).Take(3))} user {users[random.Next(users.Length)]}";
    }

    static LogBatch Batch(int number, params (string Text, int Minute)[] lines) => new()
    {
        BatchId = new Guid(number, 0, 0, new byte[8]), Source = "syslog", Intake = new(Gateway, Noon, number),
        Lines = [.. lines.Select((line, index) => new LogLine
        {
            At = Noon.AddMinutes(line.Minute).AddMilliseconds(number * 100 + index), Text = line.Text,
            Labels = new Dictionary<string, string> { ["host"] = "web-1", ["number"] = number.ToString(CultureInfo.InvariantCulture) },
        })],
    };

    static Sigma.Evaluator.Rules.RuleOptions Rule(int threshold) => new()
    {
        Name = "failed-logins", Source = "syslog", Lines = "failed -test", Pattern = @"user (?<user>\w+)", GroupBy = "user", Window = Window,
        Threshold = threshold,
    };

    async Task<Station> Watched(int threshold)
    {
        var station = await Station.Create(output);
        var rule = Rule(threshold);
        foreach (var (name, value) in ((string, string)[])[("Name", rule.Name), ("Source", rule.Source), ("Lines", rule.Lines!),
            ("Pattern", rule.Pattern!), ("GroupBy", rule.GroupBy), ("Window", $"{rule.Window}"), ("Threshold", $"{threshold}")])
            station.Settings[$"Evaluator:Rules:0:{name}"] = value;
        return station;
    }
}
