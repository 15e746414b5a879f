using Sigma.IntegrationTests.Stations;
using static Sigma.IntegrationTests.Evaluation.Batches;

namespace Sigma.IntegrationTests.Evaluation;

public sealed class Several_rules(ITestOutputHelper output)
{
    [Fact]
    public async Task Two_rules_over_the_same_events_are_each_right_on_their_own()
    {
        await using var station = await Station.Create(output);
        var rules = station.Settings;
        rules["Evaluator:Rules:0:Name"] = "by-key";
        rules["Evaluator:Rules:1:Name"] = "by-account";
        rules["Evaluator:Rules:1:GroupBy"] = "Account";
        rules["Evaluator:Rules:1:Window"] = "00:10:00";
        rules["Evaluator:Rules:1:Threshold"] = "30";
        rules["Evaluator:Rules:1:Severity"] = "critical";
        var evaluator = await station.StartEvaluator();

        // Account 1: 20 of one code. Account 2: 30 within ten minutes, 15 of each code. Account 3: 30 of two codes, but over an hour.
        var one = Burst(20, Noon, "1");
        var two = Enumerable.Range(0, 30).Select(i => Event($"2-{i}", Noon.AddSeconds(i), "2", code: i % 2 == 0 ? "E130" : "E301"));
        var three = Enumerable.Range(0, 30).Select(i => Event($"3-{i}", Noon.AddMinutes(2 * i), "3", code: i % 2 == 0 ? "E130" : "E301"));
        await station.Feed(evaluator, Slice(Noon.AddHours(-2), Noon, []), Slice(Noon, Noon.AddHours(1), [.. one, .. two, .. three]));

        Assert.Equal(["by-account 2 30", "by-key 1 20"], station.Alerts.Raised
            .Select(l => $"{l.Message.GetProperty("rule").GetString()} {l.Label("account")} {l.Message.GetProperty("count").GetInt32()}").Order());
        var byAccount = station.Alerts.Raised.Single(l => l.Label("account") == "2").Message;
        Assert.False(byAccount.GetProperty("labels").TryGetProperty("cuc", out _), "a rule by account alone carries no other label");
        Assert.Equal("critical", byAccount.GetProperty("severity").GetString());

        // Just after that hour the ten-minute window of account 2 is long over, the two-hour window of account 1 is not.
        await station.Feed(evaluator, Slice(Noon.AddHours(1), Noon.AddMinutes(61), []));
        Assert.Equal("by-account", Assert.Single(station.Alerts.Cleared).Message.GetProperty("rule").GetString());
        await station.Feed(evaluator, Slice(Noon.AddMinutes(61), Noon.AddHours(2).AddMinutes(5), []));
        Assert.Equal(2, station.Alerts.Cleared.Count);
    }

    [Fact]
    public async Task An_override_gives_one_code_another_threshold_and_clear_limit()
    {
        await using var station = await Station.Create(output);
        var rules = station.Settings;
        rules["Evaluator:Rules:0:Name"] = "rule";
        rules["Evaluator:Rules:0:Overrides:0:Labels:CODE"] = "E301"; // as the names of all settings, in any case
        rules["Evaluator:Rules:0:Overrides:0:Threshold"] = "5";
        rules["Evaluator:Rules:0:Overrides:0:ClearBelow"] = "3";
        var evaluator = await station.StartEvaluator();
        IEnumerable<Contracts.MonitoredEvent> Few(string code) =>
            Enumerable.Range(0, 5).Select(i => Event($"{code}-{i}", Noon.AddMinutes(10 * i), code: code));

        await station.Feed(evaluator, Slice(Noon.AddHours(-2), Noon, []), Slice(Noon, Noon.AddHours(1), [.. Few("E301"), .. Few("E130")]));
        Assert.Equal("E301", Assert.Single(station.Alerts.Raised).Label("code"));

        // 14:05: four are left, not below five but not below three either; 14:25: two are left.
        await station.Feed(evaluator, Slice(Noon.AddHours(1), Noon.AddHours(2).AddMinutes(5), []));
        Assert.Empty(station.Alerts.Cleared);
        await station.Feed(evaluator, Slice(Noon.AddHours(2).AddMinutes(5), Noon.AddHours(2).AddMinutes(25), []));
        Assert.Equal(2, Assert.Single(station.Alerts.Cleared).Message.GetProperty("count").GetInt32());
    }
}
