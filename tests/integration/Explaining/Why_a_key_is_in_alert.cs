using Sigma.Contracts;
using Sigma.Evaluator;
using Sigma.Fetcher;
using Sigma.IntegrationTests.Evaluation;
using Sigma.IntegrationTests.Pipeline;
using Sigma.IntegrationTests.Poison;
using Sigma.IntegrationTests.Stations;
using Sigma.Notifier;
using Sigma.Simulator.Faults;
using Sigma.Simulator.Segware;
using static Sigma.IntegrationTests.Evaluation.Batches;

namespace Sigma.IntegrationTests.Explaining;

public sealed class Why_a_key_is_in_alert(ITestOutputHelper output)
{
    static readonly string[] Key = ["1", "--cuc", "ALR", "--code", "E130"];

    [Fact]
    public async Task Tells_of_an_account_what_counts_what_is_left_out_which_rules_apply_and_who_was_told_then_and_now()
    {
        await using var station = await Station.Create(output);
        station.WithoutFaults("what is shown is counted");
        Rules(station);
        station.Settings["Fetcher:Cucs"] = "*";
        station.Settings["Evaluator:KeepEvents"] = "08:00:00";
        station.Settings["Notifier:Routes:0:Name"] = "everybody";
        var (simulator, fetcher) = await station.StartAll();
        simulator.Segware.Accounts.Add(new Account(1, "0815", 77, null, "Padaria do Zé"));
        var start = station.Clock.GetUtcNow().AddMinutes(-10);
        var before = station.Clock.GetUtcNow().AddMinutes(-11);
        void Burst(long account, string cuc, string code, int count, string? occurrence = null) =>
            simulator.Segware.AddBurst(account, cuc, code, count, start, TimeSpan.FromSeconds(5), occurrence);
        simulator.Segware.Add(new Occurrence
            { Id = "excused", OpenedAt = start, ClosedAt = start.AddMinutes(2), ClosedByUserId = 52583, AccountId = 1 });
        Burst(1, "ALR", "E130", 25);
        Burst(1, "ALR", "E130", 4, "excused");
        Burst(1, "ALR", "E301", 6);
        Burst(1, "ALR", "E602", 3);
        Burst(1, "ALR", "E702", 1);
        Burst(1, "TST", "E130", 2);
        Burst(2, "ALR", "E130", 12);
        await station.Poll(fetcher);
        using var shell = new Shell(station);

        var all = await ExplainOutput.Of(shell, "1");
        Assert.Equal(0, all.ExitCode);
        all.Is("in-alert", 25, 20).Is("not-in-alert", 34, 40, "by-account");
        Assert.Equal(["E130 25/20 True", "E301 6/5 True"], all.Kind("key", "excess").Select(key =>
            $"{ExplainOutput.Text(key.GetProperty("labels"), "code")} {key.GetProperty("count")}/{key.GetProperty("threshold")} "
                + $"{key.GetProperty("inAlert")}"));
        Assert.Equal((4, 1, 3, 2), (all.LeftOut("excused"), all.LeftOut("own-code"), all.LeftOut("excluded"), all.LeftOut("not-included")));
        Assert.Equal((4, 0), (all.LeftOut("excused", "by-account"), all.LeftOut("excluded", "by-account")));
        var excused = all.Kind("leftOut", "excess")[0];
        Assert.Equal((1, 3), (excused.GetProperty("occurrences").GetInt32(), excused.GetProperty("examples").GetArrayLength()));
        Assert.Equal("E602",
            all.Kind("leftOut", "excess").Single(line => ExplainOutput.Text(line, "reason") == "excluded").GetProperty("values")[0].GetString());
        var episode = Assert.Single(all.Kind("episode", "excess"));
        Assert.Equal(25, episode.GetProperty("count").GetInt32());
        Assert.Equal(["segware-alarm-event raised sent", "whatsapp raised sent"], all.Kind("delivery", "excess")
            .Select(d => $"{ExplainOutput.Text(d, "channel")} {ExplainOutput.Text(d, "says")} {ExplainOutput.Text(d, "state")}").Order());
        Assert.Equal(["routed default by everybody"], all.Kind("decision", "excess")
            .Select(d => $"{ExplainOutput.Text(d, "decision")} {ExplainOutput.Text(d, "reason")}"));
        Assert.DoesNotContain(all.Kind("coverage", "excess"), gap => ExplainOutput.Text(gap, "state") != "pending");
        Assert.Equal("Padaria do Zé", ExplainOutput.Text(all.Account, "tradeName"));
        Assert.Equal("1", ExplainOutput.Text((await ExplainOutput.Of(shell, "0815")).Account, "account")); // its code will do

        var byOverride = await ExplainOutput.Of(shell, "1", "--code", "E301", "--rule", "excess");
        byOverride.Is("in-alert", 6, 5);
        var fits = byOverride.Kind("rule", "excess")[0].GetProperty("override");
        Assert.Equal((0, 20, "E301"),
            (fits.GetProperty("number").GetInt32(), fits.GetProperty("usualThreshold").GetInt32(), fits.GetProperty("labels").GetProperty("code")
                .GetString()));
        Assert.Empty(byOverride.Kind("verdict", "by-account"));

        foreach (var args in (string[][])[["--cuc", "ALR", "--code", "E602"], ["--code", "E602"]])
        {
            var excluded = await ExplainOutput.Of(shell, ["1", .. args]);
            Assert.Equal("not-watched", ExplainOutput.Text(excluded.Verdict(), "state"));
            Assert.Contains("leaves out code E602", excluded.Says());
        }
        Assert.Contains("Evaluator__OwnCodes", (await ExplainOutput.Of(shell, "1", "--code", "E702")).Says("by-account"));

        var below = await ExplainOutput.Of(shell, "2", "--cuc", "ALR", "--code", "E130");
        below.Is("not-in-alert", 12, 20);
        var leaves = TimeZoneInfo.ConvertTime(start.AddHours(2), TimeZoneInfo.FindSystemTimeZoneById("America/Sao_Paulo"));
        Assert.Contains($"12 of 20 in the 2 h to now; 8 more before {leaves:HH:mm:ss}", Within(below.Says(), leaves, station));

        // Before it was raised it was not in alert.
        var earlier = await ExplainOutput.Of(shell, [.. Key, "--at", $"{before.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss'Z'}"]);
        earlier.Is("not-in-alert", 0, 20);
        Assert.Contains(earlier.Kind("coverage", "excess"), gap => ExplainOutput.Text(gap, "state") == "late"); // which was later than this moment
        Assert.Contains("raised later", earlier.Because());
        // the first poll looked back two hours, from before that
        var earliest = await ExplainOutput.Of(shell, [.. Key, "--at", $"{before.AddMinutes(-30).UtcDateTime:yyyy-MM-dd'T'HH:mm:ss'Z'}"]);
        var unseen = Assert.Single(earliest.Kind("coverage", "excess"), gap => ExplainOutput.Text(gap, "state") is "missing" or "not-counted");
        Assert.Contains("before the first slice", ExplainOutput.Text(unseen, "reason"));

        // It is over: then it was in alert, now it is not.
        var during = station.Clock.GetUtcNow().AddMinutes(1);
        station.Clock.Advance(TimeSpan.FromMinutes(115));
        await station.Poll(fetcher);
        var after = await ExplainOutput.Of(shell, Key);
        after.Is("not-in-alert", 0, 20);
        Assert.Contains("volume-normal", after.Because());
        Assert.Contains("cleared", ExplainOutput.Text(after.Kind("delivery", "excess")[^1], "says"));
        Assert.Equal(25, after.LeftOut("older"));
        var then = await ExplainOutput.Of(shell, [.. Key, "--at", during.ToString("O")]);
        then.Is("in-alert", 25, 20);
        Assert.Contains("at that time", then.Says());

        var text = (await shell.Sigma(["explain", .. Key, "--at", during.ToString("O")])).Output;
        output.WriteLine(text);
        Assert.StartsWith("excess: in alert at that time", text);
        Assert.All(text.Split('\n'), line => Assert.InRange(line.Length, 0, 100));
        foreach (var part in (string[])["← reached", "Left out", "Coverage", "Episode", "whatsapp, raised: sent", "0815 Padaria do Zé",
            "America/Sao_Paulo"])
            Assert.Contains(part, text);

        // What is no longer kept is said; the register still knows of the alert.
        station.Clock.Advance(TimeSpan.FromHours(9));
        var old = await ExplainOutput.Of(shell, [.. Key, "--at", during.ToString("O")]);
        Assert.Equal("in-alert", ExplainOutput.Text(old.Verdict(), "state"));
        Assert.False(old.Verdict().TryGetProperty("count", out _));
        Assert.Contains("no longer kept", old.Says());
    }

    [Fact]
    public async Task An_alert_that_is_not_cleared_because_time_is_missing_tells_which_and_why()
    {
        await using var station = await Station.Create(output);
        station.WithoutFaults("what is missing is the test's doing");
        var (simulator, fetcher) = await station.StartAll();
        simulator.Segware.AddBurst(1, "ALR", "E130", 20, station.Clock.GetUtcNow().AddMinutes(-10), TimeSpan.FromSeconds(5));
        await station.Poll(fetcher);
        simulator.Faults.Add(Fault.WithStatus("/v1/events", 503));
        station.Clock.Advance(TimeSpan.FromMinutes(130));
        await station.Poll(fetcher);
        using var shell = new Shell(station);

        var held = await ExplainOutput.Of(shell, Key);
        held.Is("in-alert", 0, 20, "excess-of-events");
        Assert.Contains("not cleared yet, although only 0 events", held.Says("excess-of-events"));
        Assert.Contains("until fewer than 20 are left of the 20 that count", held.Because("excess-of-events")); // in the two hours that are known
        // the newest are left alone when calls have failed in a row
        var gap = held.Kind("coverage", "excess-of-events").First(gap => ExplainOutput.Text(gap, "state") == "missing");
        Assert.Contains("503", ExplainOutput.Text(gap, "reason"));
        Assert.InRange((gap.GetProperty("to").GetDateTimeOffset() - gap.GetProperty("from").GetDateTimeOffset()).TotalMinutes, 60, 130);
        Assert.InRange(held.Verdict("excess-of-events").GetProperty("uncoveredSeconds").GetInt32(), 110 * 60, 130 * 60);
        Assert.Contains("no event does not mean that there was none", held.Because("excess-of-events"));
    }

    [Fact]
    public async Task A_gap_before_the_covered_time_holds_an_alert_whose_count_is_normal_and_a_key_that_is_only_known_by_its_alert_is_found()
    {
        await using var station = await Station.Create(output);
        station.WithoutFaults("what is missing is the test's doing");
        await station.StartSimulator();
        var evaluator = await station.StartEvaluator();
        var now = station.Clock.GetUtcNow();
        station.Clock.Advance(TimeSpan.FromHours(-3));
        await station.Feed(evaluator, Slice(now.AddHours(-6), now.AddHours(-3), Burst(20, now.AddMinutes(-190), "1")));
        station.Clock.Advance(TimeSpan.FromHours(3));
        await station.Feed(evaluator, Slice(now.AddMinutes(-60), now, Burst(5, now.AddMinutes(-30), "1")));
        using var shell = new Shell(station);

        foreach (var args in (string[][])[Key, ["1"]])
        {
            var held = await ExplainOutput.Of(shell, args);
            held.Is("in-alert", 5, 20, "excess-of-events");
            Assert.Contains("not all of the window is covered", held.Because("excess-of-events"));
            Assert.Contains("The notifier has not written it down yet", held.Because("excess-of-events")); // there is none
            Assert.Equal(3600, held.Verdict("excess-of-events").GetProperty("uncoveredSeconds").GetInt32(), 5.0);
        }

        // The gap is filled, and with it the alert is over.
        await station.Feed(evaluator, Slice(now.AddHours(-3), now.AddHours(-1), []));
        Assert.Single(station.Alerts.Cleared);
        (await ExplainOutput.Of(shell, Key)).Is("not-in-alert", 5, 20, "excess-of-events");
    }

    [Fact]
    public async Task An_account_nobody_knows_a_rule_that_is_not_there_and_a_time_to_come_are_said_plainly()
    {
        await using var station = await Station.Create(output, subscribed: false);
        await station.StartEvaluator();
        using var shell = new Shell(station);

        var unknown = await ExplainOutput.Of(shell, "4711");
        Assert.Equal(1, unknown.ExitCode);
        Assert.False(unknown.Account.GetProperty("known").GetBoolean());
        Assert.Equal("missing", ExplainOutput.Text(Assert.Single(unknown.Kind("coverage", "excess-of-events")), "state"));
        Assert.StartsWith("Nothing is known of account 4711", (await shell.Sigma("explain", "4711")).Output);
        foreach (var (args, says) in ((string[], string)[])[(["--rule", "other"], "there is excess-of-events"),
            (["--source", "other"], "No rule counts events of other"), (["--at", "2999-01-01 00:00"], "is in the future"),
            (["--at", "soon"], "is not understood")])
        {
            var answer = await shell.Sigma(["explain", "4711", .. args]);
            Assert.Equal(2, answer.ExitCode);
            Assert.Contains(says, answer.Error);
        }
    }

    [Fact]
    public async Task Of_a_standalone_host_is_read_from_its_file()
    {
        await using var station = await Station.Create(output);
        station.WithoutFaults("what is shown is counted");
        using var shell = new Shell([], station.Clock); // knows nothing of the file
        var folder = Directory.CreateTempSubdirectory("sigma-explain-");
        var file = Path.Combine(folder.FullName, "sigma.db");
        var simulator = await station.StartSimulator();
        simulator.Segware.AddBurst(7, "ALR", "E130", 25, station.Clock.GetUtcNow().AddMinutes(-5), TimeSpan.FromSeconds(5));
        simulator.Segware.AddBurst(7, "ALR", "E702", 2, station.Clock.GetUtcNow().AddMinutes(-5), TimeSpan.FromSeconds(5));
        (station.Settings["Storage:Provider"], station.Settings["Storage:ConnectionString"], station.Settings["Bus:Transport"]) =
            ("Sqlite", $"Data Source={file};Pooling=False", "InMemory");
        var standalone = await station.Start("standalone", service => service.AddFetcher().AddEvaluator().AddNotifier());

        var seen = await Await.Until(() => ExplainOutput.Of(shell, "7", "--data", file),
            seen => seen.Kind("delivery", "excess-of-events").Count(d => ExplainOutput.Text(d, "state") == "sent") == 2, "the alert is told");
        seen.Is("in-alert", 25, 20, "excess-of-events");
        Assert.Equal(2, seen.LeftOut("own-code", "excess-of-events"));
        Assert.Contains("← reached", (await shell.Sigma("explain", "7", "--data", file)).Output);
        await station.Stop(standalone);
        folder.Delete(recursive: true);
    }

    static void Rules(Station station)
    {
        foreach (var (key, value) in new[]
        {
            ("0:Name", "excess"), ("0:Exclude:code", "E602"), ("0:Overrides:0:Labels:code", "E301"), ("0:Overrides:0:Threshold", "5"),
            ("1:Name", "by-account"), ("1:GroupBy", "account"), ("1:Threshold", "40"),
        })
            station.Settings[$"Evaluator:Rules:{key}"] = value;
    }

    // Another day in São Paulo is said with its date.
    static string Within(string says, DateTimeOffset local, Station station) => says.Replace($"{local:dd/MM} ", "");
}
