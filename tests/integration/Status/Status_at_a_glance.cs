using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Sigma.Contracts;
using Sigma.Evaluator;
using Sigma.Fetcher;
using Sigma.IntegrationTests.Evaluation;
using Sigma.IntegrationTests.Pipeline;
using Sigma.IntegrationTests.Poison;
using Sigma.IntegrationTests.Stations;
using Sigma.Notifier;
using Sigma.Simulator.Faults;
using static Sigma.IntegrationTests.Evaluation.Batches;

namespace Sigma.IntegrationTests.Status;

public sealed class Status_at_a_glance(ITestOutputHelper output)
{
    const string SendMessage = "/instance/api/v1/send_message", Errors = NotifierQueues.Alerts + "_error";

    [Fact]
    public async Task Tells_lag_gap_nearest_keys_alerts_deliveries_and_queues_and_ends_with_one_when_something_is_wrong()
    {
        await using var station = await Station.Create(output);
        station.WithoutFaults("what is shown is counted");
        ThreeRules(station, perAccount: "01:00:00");
        station.Settings["Notifier:Blindness:After"] = "01:00:00";
        var (simulator, fetcher) = await station.StartAll();
        simulator.Faults.Add(Fault.WithStatus(SendMessage, 503));
        var start = station.Clock.GetUtcNow().AddMinutes(-10);
        foreach (var (account, code, count) in ((long, string, int)[])[(1, "E130", 25), (2, "E130", 18), (3, "E130", 3), (4, "E130", 12),
            (4, "E301", 15)])
            simulator.Segware.AddBurst(account, "ALR", code, count, start, TimeSpan.FromSeconds(5));
        await fetcher.Poll();
        await Await.Until(
            () =>
                station.Count(
                    "select count(*) from notifier_deliveries where channel = 'whatsapp' and attempts > 0 and state in ('pending', 'waiting')"),
            waiting => waiting == 1, "the alert waits to be told on WhatsApp");
        await Await.Until(() => station.Count("select count(*) from notifier_deliveries where channel <> 'whatsapp' and state = 'sent'"),
            sent => sent == 1, "Segware is told");
        var segwareAway = simulator.Faults.Add(Fault.WithStatus("/v1/events", 503));
        station.Clock.Advance(TimeSpan.FromMinutes(25));
        await fetcher.Poll();
        using var shell = new Shell(station);

        var (exitCode, lines) = await shell.Json("status");
        Assert.Equal(0, exitCode);
        var source = Assert.Single(Kind(lines, "source"));
        Assert.InRange(source.GetProperty("lagSeconds").GetDouble(), 25 * 60, 35 * 60);
        Assert.False(source.GetProperty("blind").GetBoolean());
        var gap = Assert.Single(Kind(lines, "coverage"), range => range.GetProperty("state").GetString() == "missing");
        Assert.InRange(gap.GetProperty("minutes").GetInt32(), 18, 30); // for five minutes it is pending
        Assert.Contains("503", gap.GetProperty("reason").GetString());
        Assert.Equal(["excess-of-events 2 18/20", "per-account 4 27/32", "per-account 1 25/32", "few-for-account-3 3 3/4"],
            Keys(lines).Where(key => !key.EndsWith("15/20")).Take(4));
        Assert.DoesNotContain(Keys(lines), key => key.StartsWith("excess-of-events 1"));
        var alert = Assert.Single(Kind(lines, "alert"));
        Assert.Equal((25, 20, "warning", "1"),
            (alert.GetProperty("count").GetInt32(), alert.GetProperty("threshold").GetInt32(), alert.GetProperty("severity").GetString(),
            alert.GetProperty("labels").GetProperty("account").GetString()));
        var waiting = Assert.Single(Kind(lines, "deliveries"));
        Assert.Equal(("whatsapp", 1), (waiting.GetProperty("channel").GetString(), waiting.GetProperty("number").GetInt32()));
        Assert.All(Kind(lines, "queue").Where(queue => !queue.GetProperty("errors").GetBoolean()),
            queue => Assert.Equal(1, queue.GetProperty("consumers").GetInt32()));
        Assert.Equal(EvaluatorQueues.All.Count + NotifierQueues.All.Count, Kind(lines, "queue").Count());
        Assert.Single(Keys((await shell.Json("status", "--top", "1")).Lines));
        Assert.Equal(2, (await shell.Sigma("status", "--hours", "169")).ExitCode);

        var text = (await shell.Sigma("status", "--hours", "3")).Output;
        output.WriteLine(text);
        Assert.All(text.Split('\n'), line => Assert.InRange(line.Length, 0, 100));
        Assert.Matches(@"(?m)^  \d\d:\d\d .*X\.+$|^  \d\d:\d\d X*\.+$", text);
        Assert.Contains("account=2 code=E130 cuc=ALR", text);
        Assert.Contains("18 of 20", text);
        Assert.EndsWith("Nothing is wrong.\n", text);

        // One thing after the other goes wrong.
        await using (var sender = await Sender.Open(station.Broker))
            await sender.PublishText("AlertRaised", "nothing");
        await Await.Until(() => station.Mailbox.Waiting(Errors), messages => messages == 1, "a message is in an error queue");
        Assert.Equal([$"{Errors} holds 1 message ('sigma errors show {Errors}')"], await Wrongs(shell));
        station.Clock.Advance(TimeSpan.FromMinutes(40));
        Assert.Contains(await Wrongs(shell), wrong => wrong!.StartsWith("segware is not watched for 1 h"));
        segwareAway.Dispose();
        station.Settings["RabbitMq:Port"] = "1";
        using var cutOff = new Shell(station);
        var away = await cutOff.Sigma("status");
        Assert.Equal(1, away.ExitCode);
        Assert.Contains("does not answer", away.Output);
        Assert.Contains("18 of 20", away.Output);
        Assert.Contains("WRONG: the broker does not tell its queues.", away.Output);
    }

    [Fact]
    public async Task Counts_the_nearest_keys_as_the_rules_do_and_names_what_has_no_consumer()
    {
        await using var station = await Station.Create(output);
        station.WithoutFaults("what is shown is counted");
        ThreeRules(station, perAccount: "00:30:00");
        var evaluator = await station.StartEvaluator();
        var now = station.Clock.GetUtcNow();
        await station.Feed(evaluator, Slice(now.AddHours(-3), now,
        [
            // ten of them are too old for one rule, all for the other
            .. Burst(10, now.AddMinutes(-150), "10"), .. Burst(9, now.AddMinutes(-60), "10"),
            .. Burst(12, now.AddMinutes(-50), "11"), .. Burst(7, now.AddMinutes(-10), "11"),      // twelve of them are too old for the shorter window
            .. Burst(19, now.AddMinutes(-20), "12", occurrence: "excused"), .. Burst(2, now.AddMinutes(-10), "12"),
            .. Burst(25, now.AddMinutes(-10), "13"),                                              // raised
            Event("own", now.AddMinutes(-5), "14", code: "E702"), Event("other", now.AddMinutes(-5), "15", cuc: "XYZ"),
        ], excused: "excused"));
        Assert.Single(station.Alerts.Raised);
        using var shell = new Shell(station);

        var (exitCode, lines) = await shell.Json("status");

        Assert.Equal(1, exitCode);
        Assert.Equal(["excess-of-events 11 19/20", "per-account 13 25/32", "excess-of-events 10 9/20", "per-account 11 7/32",
            "excess-of-events 12 2/20", "per-account 12 2/32"], Keys(lines));
        var wrong = await Wrongs(shell);
        Assert.Contains("segware is not watched yet", wrong); // there is no fetcher
        Assert.Contains("there is no queue notifier.alerts: its service has not run yet", wrong);
        await station.Stop(evaluator);
        Assert.Contains("evaluator.event-batches has no consumer: is its service up?", await Wrongs(shell));
    }

    [Fact]
    public async Task Tells_of_messages_that_do_not_reach_the_broker_and_of_notices_that_wait()
    {
        await using var station = await Station.Create(output);
        station.WithoutFaults("what is shown is counted");
        await station.Stop(await station.StartEvaluator()); // the tables are there
        await Row("evaluator", deliverAt: TimeProvider.System.GetUtcNow().AddMinutes(-2), attempts: 0);
        await Row("notifier", deliverAt: TimeProvider.System.GetUtcNow().AddSeconds(20), attempts: 6);
        await Row("fetcher", deliverAt: TimeProvider.System.GetUtcNow().AddSeconds(20), attempts: 1);
        await Row("later", deliverAt: TimeProvider.System.GetUtcNow().AddHours(1), attempts: 0);
        await station.Count($"""
            insert into notifier_notices(notice_id, subject, kind, channel, says, state, next_attempt_at, give_up_at, created_at) values
            (x'{Guid.NewGuid():N}', x'{Guid.NewGuid():N}', 'blind', 'whatsapp', 'says', 'pending', 1, 1, 1); select 0
            """);
        using var shell = new Shell(station);

        var (_, lines) = await shell.Json("status");
        Assert.Equal(["evaluator", "fetcher", "notifier"], Kind(lines, "outbox").Select(row => row.GetProperty("owner").GetString()));
        Assert.Equal("whatsapp", Assert.Single(Kind(lines, "notices")).GetProperty("channel").GetString());
        Assert.Equal(["evaluator", "notifier"],
            (await Wrongs(shell)).Where(wrong => wrong!.EndsWith("messages do not reach the broker: is it up, and is the service?"))
                .Select(wrong => wrong!.Split('\'')[0][4..]));
        var text = (await shell.Sigma("status")).Output;
        Assert.Contains("1 of the fetcher's messages is not with the broker yet.", text);
        Assert.Contains("Words about the tracker itself that wait or are in doubt:", text);

        Task Row(string owner, DateTimeOffset deliverAt, int attempts) => station.Count($"""
            insert into outbox(owner, message_id, destination, content_type, message_type, body, sent_at, deliver_at, attempts)
            values('{owner}', x'{Guid.NewGuid():N}', 'queue:none', 'text/plain', 'none', '', 1, {deliverAt.ToUnixTimeMilliseconds()},
            {attempts}); select 0
            """);
    }

    [Fact]
    public async Task Of_a_standalone_host_is_read_from_its_file()
    {
        await using var station = await Station.Create(output);
        station.WithoutFaults("a poll that is broken off leaves a gap");
        using var shell = new Shell(station); // knows nothing of the file
        var folder = Directory.CreateTempSubdirectory("sigma-status-");
        var file = Path.Combine(folder.FullName, "sigma.db");
        var simulator = await station.StartSimulator();
        simulator.Segware.AddBurst(7, "ALR", "E130", 15, station.Clock.GetUtcNow().AddMinutes(-5), TimeSpan.FromSeconds(5));
        (station.Settings["Storage:Provider"], station.Settings["Storage:ConnectionString"], station.Settings["Bus:Transport"]) =
            ("Sqlite", $"Data Source={file};Pooling=False", "InMemory");
        var standalone = await station.Start("standalone", service => service.AddFetcher().AddEvaluator().AddNotifier());

        var seen = await Await.Until(() => shell.Json("status", "--data", file), status => Keys(status.Lines).Any() && status.ExitCode == 0,
            "the first poll is counted");
        Assert.Equal(["excess-of-events 7 15/20"], Keys(seen.Lines));
        var text = await shell.Sigma("status", "--data", file);
        Assert.Equal(0, text.ExitCode);
        Assert.Contains("Queues: n/a", text.Output);
        Assert.Contains("█", text.Output);
        await station.Stop(standalone);
        folder.Delete(recursive: true);
    }

    [Fact]
    public async Task Says_in_one_line_that_the_database_is_away_and_still_shows_the_queues()
    {
        await using var station = await Station.Create(output);
        await station.StartEvaluator();
        using (var shell = new Shell(station))
            // tables of the other services are there: all services migrate alike
            Assert.Contains(EvaluatorQueues.Triggers, (await shell.Sigma("status")).Output);
        station.Settings["Storage:ConnectionString"] = station.Settings["Storage:ConnectionString"] + ";Port=1;ConnectionTimeout=2";
        using var cutOff = new Shell(station);
        var away = await cutOff.Sigma("status");
        Assert.Equal(1, away.ExitCode);
        Assert.Contains("The database does not answer", away.Output);
        Assert.Matches(@"evaluator\.triggers +0 +1", away.Output);
        Assert.Contains("WRONG: the database does not answer.", away.Output);
    }

    static void ThreeRules(Station station, string perAccount)
    {
        foreach (var (key, value) in new[]
        {
            ("0:Name", "excess-of-events"), ("1:Name", "per-account"), ("1:GroupBy", "account"), ("1:Window", perAccount), ("1:Threshold", "32"),
            ("2:Name", "few-for-account-3"), ("2:Include:account", "3"), ("2:Threshold", "50"), ("2:Overrides:0:Labels:code", "E130"),
            ("2:Overrides:0:Threshold", "4"),
        })
            station.Settings[$"Evaluator:Rules:{key}"] = value;
    }

    static async Task<IEnumerable<string?>> Wrongs(Shell shell)
    {
        var (exitCode, lines) = await shell.Json("status");
        Assert.Equal(1, exitCode);
        return [.. Kind(lines, "verdict").Single().GetProperty("wrong").EnumerateArray().Select(wrong => wrong.GetString())];
    }

    static IEnumerable<JsonElement> Kind(IEnumerable<JsonElement> lines, string kind) =>
        lines.Where(line => line.GetProperty("kind").GetString() == kind);

    /// <summary>Rule, account, count and threshold.</summary>
    static IEnumerable<string> Keys(IEnumerable<JsonElement> lines) => Kind(lines, "key").Select(key =>
        $"{key.GetProperty("rule").GetString()} {key.GetProperty("labels").GetProperty("account").GetString()} "
            + $"{key.GetProperty("count").GetInt32()}/{key.GetProperty("threshold").GetInt32()}");
}
