using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Sigma.OperatorConsole.Access;

namespace Sigma.ServiceTests.Console.Cli;

public sealed class Commands_over_a_console
{
    [Fact]
    public async Task Look_at_alerts_and_work_on_them()
    {
        await using var shell = await ConsoleShell.Start();
        var ana = await shell.Person(Role.Operator);
        Assert.Equal(1, (await ana.Sigma("alerts", "list")).ExitCode);

        await shell.Feed("100");
        var alert = await Raised(ana);
        Assert.Equal(("100", "count"), (alert.GetProperty("labels").GetProperty("account").GetString(), alert.GetProperty("kind").GetString()));
        var id = alert.GetProperty("alertId").GetString()!;

        Assert.Contains("the evaluator is told", (await ana.Sigma("alerts", "ack", id, "--comment", "on it")).Output);
        await Ends(0, ana, "alerts", "comment", id, "--comment", "a dog");
        await Ends(0, ana, "alerts", "assign", id, "--to", "Rui");
        await Ends(0, ana, "alerts", "snooze", id, "--for", "2h");
        var life = await Await.Until(() => ana.Json(0, "alerts", "show", id), lines => lines.Count == 5, "the alert was worked on");
        Assert.Equal(["acknowledged", "assigned", "commented", "raised", "snoozed"],
            life.Select(line => line.GetProperty("what").GetString()).Order(StringComparer.Ordinal));
        Assert.Equal("Rui", life[0].GetProperty("assignedTo").GetString());
        await Await.Until(async () => (await ana.Sigma("alerts", "list", "--unacknowledged")).ExitCode, exitCode => exitCode == 1,
            "nobody else need take it on");

        await Ends(0, ana, "alerts", "close", id, "--comment", "all well");
        await Await.Until(async () => (await ana.Sigma("alerts", "list")).ExitCode, exitCode => exitCode == 1, "the alert is closed");
        Assert.Contains("closed by program", (await ana.Sigma("alerts", "show", id)).Output);
        Assert.Contains("is over", (await ana.Sigma("alerts", "ack", id)).Output);
        Assert.Equal(1, (await ana.Sigma("alerts", "ack", $"{Guid.NewGuid()}")).ExitCode);

        var viewer = await (await shell.Person(Role.Viewer)).Sigma("alerts", "ack", id);
        Assert.Equal(1, viewer.ExitCode);
        Assert.StartsWith("The console does not allow it: ", viewer.Error);
    }

    [Fact]
    public async Task Change_compare_and_try_rules()
    {
        await using var shell = await ConsoleShell.Start();
        var ana = await shell.Person(Role.Engineer);
        var five = shell.Write("name: a/b & c\nthreshold: 5\n");

        await Ends(0, ana, "rules", "check", five);
        Assert.Equal("made", (await ana.Json(0, "rules", "put", five, "--why", "five are many"))[0].GetProperty("change").GetString());
        Assert.Contains("is so already", (await ana.Sigma("rules", "put", five)).Output);
        await Ends(0, ana, "rules", "put", shell.Write("name: a/b & c\nthreshold: 6\n"));
        await Ends(0, ana, "rules", "mode", "a/b & c", "shadow");
        Assert.Equal((6, "shadow"), await ana.Json(0, "rules", "show", "a/b & c") is [var shown]
            ? (shown.GetProperty("Threshold").GetInt32(), shown.GetProperty("Mode").GetString()) : default);
        Assert.Contains("threshold: 5", (await ana.Sigma("rules", "show", "a/b & c", "--revision", "1")).Output);
        Assert.Contains("Threshold: 5 -> 6", (await ana.Sigma("rules", "diff", "a/b & c", "--from", "1", "--to", "2")).Output);
        var history = (await ana.Sigma("rules", "history", "a/b & c", "--top", "2")).Output;
        Assert.Contains("Mode: (default) -> shadow", history);
        Assert.Contains("Threshold: 5 -> 6", history);
        await Ends(0, ana, "rules", "rollback", "a/b & c", "--to", "1");
        await Ends(0, ana, "rules", "clone", "a/b & c", "d");
        await Ends(0, ana, "rules", "remove", "d");
        Assert.Equal(["a/b & c"], (await ana.Json(0, "rules", "list")).Where(rule => rule.TryGetProperty("revision", out _))
            .Select(rule => rule.GetProperty("rule").GetString()));
        Assert.Contains("never there, or is removed", (await ana.Sigma("rules", "show", "d")).Output);
        Assert.Contains("Nothing is changed", (await ana.Sigma("rules", "remove", "d")).Output);

        await shell.Feed("200");
        await Raised(ana);
        var tried = await ana.Json(0, "rules", "backtest", "--file", five, "--days", "1");
        Assert.Equal((1, 1), (tried[0].GetProperty("alerts").GetInt32(), tried[0].GetProperty("keysWithAlerts").GetInt32()));
        Assert.Equal("200", tried[1].GetProperty("labels").GetProperty("account").GetString());
        Assert.Contains("There is no rule nobody", (await ana.Sigma("rules", "backtest", "nobody")).Output);

        var viewer = await shell.Person(Role.Viewer);
        await Ends(0, viewer, "rules", "list");
        await Ends(1, viewer, "rules", "remove", "a/b & c");
        await Ends(1, await shell.Person(Role.Engineer, ("account", "7")), "rules", "list");
    }

    [Fact]
    public async Task Hold_alerts_back_and_say_who_is_told()
    {
        await using var shell = await ConsoleShell.Start();
        var ana = await shell.Person(Role.Engineer);
        await shell.Feed("300");
        await Raised(ana);

        await Ends(1, ana, "silences", "list");
        Assert.Single(await Found(ana, "silences", "preview", "account=300"));
        var added = (await ana.Json(0, "silences", "add", "account=300", "--for", "1h", "--why", "works"))[0];
        Assert.False(added.TryGetProperty("by", out _));
        var id = added.GetProperty("silenceId").GetString()!;
        var listed = Assert.Single(await ana.Json(0, "silences", "list"));
        Assert.Equal((id, "active", "works"), (listed.GetProperty("silenceId").GetString(), listed.GetProperty("state").GetString(),
            listed.GetProperty("why").GetString()));
        Assert.Contains("ended", (await ana.Sigma("silences", "end", id)).Output);
        var again = await ana.Sigma("silences", "end", id);
        Assert.Equal((1, $"{id}: is over already, or there is none of this id"), (again.ExitCode, again.Output.TrimEnd()));

        var receiver = Assert.Single(await ana.Json(0, "routes", "test", "account=300")).GetProperty("receiver").GetString()!;
        await Ends(0, ana, "routes", "test", "account=300", "--expect", receiver);
        await Ends(1, ana, "routes", "test", "account=300", "--expect", "-");
        Assert.Contains("nothing", (await ana.Sigma("routes", "put", shell.Write("{ \"Nothing\": 1 }"))).Output, StringComparison.OrdinalIgnoreCase);
        var policy = shell.Write("""{ "Maintenance": [ { "Name": "works", "Matchers": [ "account=1" ], "Hours": [ "mon 10:00-11:00" ] } ] }""");
        var put = await ana.Sigma("routes", "put", policy, "--why", "works");
        Assert.True(put.ExitCode == 0, put.Output + put.Error);
        Assert.Contains("Changed, revision 1", put.Output);
        Assert.Contains("It says so already.", (await ana.Sigma("routes", "put", policy)).Output);
        Assert.Contains("\"works\"", (await ana.Sigma("routes", "show")).Output);
        Assert.Equal((await ana.Sigma("routes", "show")).Output, (await ana.Sigma("routes", "show", "--revision", "1")).Output);
        Assert.Contains("there is no revision 9", (await ana.Sigma("routes", "show", "--revision", "9")).Output);
        Assert.Single(await ana.Json(0, "routes", "history"));
        await Ends(0, ana, "routes", "rollback", "--to", "1");
    }

    [Fact]
    public async Task Look_at_deliveries_and_send_tests()
    {
        await using var shell = await ConsoleShell.Start();
        var ana = await shell.Person(Role.Engineer);
        await shell.Feed("7");
        await Raised(ana);

        var delivery = (await Found(ana, "deliveries", "list", "--state", "sent"))[0];
        Assert.Equal(("whatsapp", "7"), (delivery.GetProperty("channel").GetString(),
            delivery.GetProperty("labels").GetProperty("account").GetString()));
        Assert.DoesNotContain("120363041234567890", delivery.ToString());
        var id = delivery.GetProperty("deliveryId").GetString()!;
        await Ends(1, ana, "deliveries", "list");
        Assert.Contains("is sent: left alone", (await ana.Sigma("deliveries", "retry", "--id", id)).Output);
        Assert.Contains("left alone", (await ana.Sigma("deliveries", "give-up", id)).Output);
        Assert.Contains("left alone", (await ana.Sigma("deliveries", "settle", id, "--arrived", "true")).Output);
        Assert.Contains("There is no delivery and no alert", (await ana.Sigma("deliveries", "retry", "--id", $"{Guid.NewGuid()}")).Output);

        Assert.Contains("whatsapp", (await ana.Sigma("receivers", "list")).Output);
        var test = await ana.Sigma("receivers", "test", "whatsapp");
        Assert.True(test.ExitCode == 0, test.Output + test.Error);
        await Ends(1, ana, "receivers", "test", "nobody");
        await Ends(1, await shell.Person(Role.Operator), "receivers", "test", "whatsapp");
    }

    [Fact]
    public async Task Explain_an_account_and_who_was_told()
    {
        await using var shell = await ConsoleShell.Start();
        var ana = await shell.Person(Role.Viewer);
        Assert.Equal(1, (await ana.Sigma("explain", "7")).ExitCode);
        await shell.Feed("7");
        var alert = await Raised(ana);
        Assert.Equal((20, 20), (alert.GetProperty("count").GetInt32(), alert.GetProperty("threshold").GetInt32()));
        var id = alert.GetProperty("alertId").GetString()!;

        var told = await Found(ana, "alerts", "telling", id);
        Assert.Contains(told, line => line.GetProperty("kind").GetString() == "delivery" && line.GetProperty("channel").GetString() == "whatsapp");
        Assert.Contains("excess-of-events: account=7", (await ana.Sigma("alerts", "telling", id)).Output);
        Assert.Equal(1, (await ana.Sigma("alerts", "telling", $"{Guid.NewGuid()}")).ExitCode);

        var lines = await ana.Json(0, "explain", "7");
        var key = lines.Single(line => line.GetProperty("kind").GetString() == "key");
        Assert.Equal((20, 20, id), (key.GetProperty("count").GetInt32(), key.GetProperty("threshold").GetInt32(),
            key.GetProperty("alertId").GetString()));
        Assert.Equal(20, lines.Single(line => line.GetProperty("kind").GetString() == "window").GetProperty("count").GetInt32());
        Assert.Contains(lines, line => line.GetProperty("kind").GetString() == "delivery");
        Assert.Contains("20 counted from", (await ana.Sigma("explain", "7", "--code", "E130")).Output);
        // By the code that people know, as soon as the account is named.
        Assert.Contains("20 of 20, in alert since",
            (await Await.Until(() => ana.Sigma("explain", "0042"), found => found.ExitCode == 0, "the account is named")).Output);
        Assert.Contains("0 counted", (await ana.Sigma("explain", "7", "--code", "E130", "--at", "2026-01-02 10:00")).Output);
        Assert.Equal(2, (await ana.Sigma("explain", "7", "--rule", "nobody")).ExitCode);
        Assert.StartsWith("The console does not allow it", (await (await shell.Person(Role.Viewer, ("account", "7"))).Sigma("explain", "7")).Error);
    }

    [Fact]
    public async Task Put_several_rules_or_none()
    {
        await using var shell = await ConsoleShell.Start();
        var ana = await shell.Person(Role.Engineer);
        var (five, six, wrong) = (shell.Write("name: five\nthreshold: 5\n"), shell.Write("name: six\nthreshold: 6\n"),
            shell.Write("name: seven\nthreshold: -7\n"));

        await Ends(1, ana, "rules", "put", five, six, wrong);
        Assert.DoesNotContain(await ana.Json(0, "rules", "list"), rule => rule.GetProperty("rule").GetString() is "five" or "six");
        await Ends(0, ana, "rules", "check", five, six);
        await Ends(1, ana, "rules", "check", five, five);
        var made = await ana.Json(0, "rules", "put", five, six, "--why", "both are many");
        Assert.Equal(["five", "six"], made.Select(change => change.GetProperty("rule").GetString()));
        await Ends(0, ana, "rules", "put", five, six);
        Assert.Equal(2, (await ana.Json(0, "rules", "history")).Count);
        await Ends(1, await shell.Person(Role.Operator), "rules", "put", five, six);
    }

    [Fact]
    public async Task Say_how_it_is_and_what_a_console_cannot()
    {
        await using var shell = await ConsoleShell.Start();
        var ana = await shell.Person(Role.Engineer);
        await shell.Feed("7");
        await Raised(ana);

        var status = await ana.Json(1, "status"); // nobody fetches here
        Assert.Contains(status, line => line.GetProperty("kind").GetString() == "alert"
            && line.GetProperty("labels").GetProperty("account").GetString() == "7");
        Assert.Contains(status, line => line.GetProperty("kind").GetString() == "health");
        Assert.Contains("fetcher", status[^1].GetProperty("wrong").ToString());
        foreach (var args in (string[][])[["errors", "list"], ["errors", "show", "notifier.alerts"],
            ["errors", "retry", "notifier.alerts", "--id", "1"],
            ["errors", "drop", "notifier.alerts", "--all", "--yes"]])
        {
            var answer = await ana.Sigma(args);
            Assert.Equal((1, true), (answer.ExitCode, answer.Error.Contains("there are no queues to look into", StringComparison.Ordinal)));
        }
        Assert.Equal(1, (await ana.Sigma("drill")).ExitCode);
        foreach (var args in (string[][])[["doctor"], ["texts", "preview"]])
        {
            var answer = await ana.Sigma(args);
            Assert.Equal((2, true), (answer.ExitCode, answer.Error.Contains("cannot be asked of a console: it ", StringComparison.Ordinal)));
        }
        await Ends(0, ana, "schema");
    }

    [Fact]
    public async Task Make_integrations_and_look_at_what_was_sent_by_them()
    {
        await using var shell = await ConsoleShell.StartAll();
        var (ana, vera) = (await shell.Person(Role.Engineer), await shell.Person(Role.Viewer));
        var made = (await ana.Json(0, "integrations", "put", "till", "--kind", "generic", "--default-severity", "high", "--why", "a new till"))[0];
        Assert.Equal("made", made.GetProperty("change").GetString());
        var key = made.GetProperty("key").GetString()!;
        var listed = Assert.Single(await vera.Json(0, "integrations", "list"));
        Assert.Equal(("till", "generic", true), (listed.GetProperty("integration").GetString(), listed.GetProperty("kind").GetString(),
            listed.GetProperty("hasKey").GetBoolean()));
        Assert.StartsWith("program ", listed.GetProperty("by").GetString()!);
        Assert.DoesNotContain(key, listed.GetRawText());

        // What is shown can be put again, whole.
        var shown = (await vera.Sigma("integrations", "show", "till")).Output;
        Assert.Contains("\"defaultSeverity\": \"high\"", shown);
        Assert.Contains("is so already", (await ana.Sigma("integrations", "put", "till", "--file", shell.Write(shown))).Output);
        var agent = shell.Write(shown.Replace("\"agent\": \"host,service,app\"", "\"agent\": \"host\"", StringComparison.Ordinal));
        await Ends(0, ana, "integrations", "put", "till", "--file", agent);
        Assert.Contains("\"agent\": \"host\"", (await vera.Sigma("integrations", "show", "till")).Output);
        Assert.Contains("WRONG: ", (await ana.Sigma("integrations", "put", "till", "--default-severity", "awful", "--kind", "generic")).Output);
        Assert.Contains("Key is made by the gateway", (await ana.Sigma("integrations", "put", "till", "--file",
            shell.Write("""{"kind":"generic","key":"a-key-of-my-own-making"}"""))).Output);

        using var sender = shell.Stranger();
        Assert.Equal(200, await Send(sender, key, """{"id":"till-7","state":"alerting","severity":"critical","title":"The till is dead"}"""));
        Assert.Equal(400, await Send(sender, key, """{"id":"""));
        var sent = await Found(vera, "intake", "list", "--integration", "till");
        Assert.Equal(["kept", "malformed"], sent.Select(one => one.GetProperty("state").GetString()));
        Assert.Equal("The till is dead", sent[0].GetProperty("understood")[0].GetProperty("title").GetString());
        Assert.Equal(JsonValueKind.Null, sent[0].GetProperty("understood")[0].GetProperty("region").ValueKind);
        Assert.NotEqual(Guid.Empty, sent[0].GetProperty("delivery").GetGuid());
        var first = $"{sent[0].GetProperty("number").GetInt64()}";
        Assert.Single(await vera.Json(0, "intake", "list", "--after", first));
        Assert.Single(await vera.Json(0, "intake", "list", "--top", "1"));
        Assert.Equal("malformed", Assert.Single(await vera.Json(0, "intake", "list", "--state", "malformed")).GetProperty("state").GetString());
        Assert.Contains("till-7", (await ana.Sigma("intake", "show", first)).Output);
        Assert.Equal("kept", (await ana.Json(0, "intake", "replay", first))[0].GetProperty("state").GetString());
        Assert.Contains("There is no delivery 999", (await ana.Sigma("intake", "replay", "999")).Output);
        await Ends(1, ana, "intake", "show", "999");

        var another = (await ana.Json(0, "integrations", "key", "till", "--at-once"))[0].GetProperty("key").GetString()!;
        Assert.Equal(401, await Send(sender, key, "{}"));
        await Ends(0, ana, "integrations", "delete", "till", "--why", "sold");
        Assert.Equal(401, await Send(sender, another, "{}"));
        Assert.Contains("Nothing is changed", (await ana.Sigma("integrations", "delete", "till")).Output);

        // Who may not is told so, and bodies are for engineers.
        foreach (var args in (string[][])[["integrations", "put", "shop", "--kind", "generic"], ["integrations", "delete", "shop"],
            ["integrations", "key", "shop"], ["intake", "show", first], ["intake", "replay", first]])
            Assert.StartsWith("The console does not allow it", (await vera.Sigma(args)).Error);
        var limited = await shell.Person(Role.Engineer, ("account", "7"));
        foreach (var args in (string[][])[["integrations", "list"], ["integrations", "show", "till"], ["intake", "list"], ["intake", "show", first]])
            Assert.StartsWith("The console does not allow it", (await limited.Sigma(args)).Error);
    }

    [Fact]
    public async Task Of_who_sees_a_part_show_that_part()
    {
        await using var shell = await ConsoleShell.Start();
        await shell.Feed("500");
        await Raised(await shell.Person(Role.Viewer));
        await Ends(0, await shell.Person(Role.Viewer, ("account", "500")), "alerts", "list");
        await Ends(1, await shell.Person(Role.Viewer, ("account", "7")), "alerts", "list");
    }

    static async Task<int> Send(HttpClient sender, string key, string body)
    {
        using HttpRequestMessage request = new(HttpMethod.Post, "in/till") { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        using var answer = await sender.SendAsync(request);
        return (int)answer.StatusCode;
    }

    static async Task<JsonElement> Raised(Person person) => (await Found(person, "alerts", "list"))[0];

    // What a list has as soon as it has something.
    static Task<IReadOnlyList<JsonElement>> Found(Person person, params string[] args) => Await.Until<IReadOnlyList<JsonElement>>(
        async () => (await person.Sigma(args)).ExitCode == 0 ? await person.Json(0, args) : [], found => found.Count > 0,
        $"there is something: {string.Join(' ', args)}");

    static async Task Ends(int exitCode, Person person, params string[] args)
    {
        var answer = await person.Sigma(args);
        Assert.True(exitCode == answer.ExitCode, $"{string.Join(' ', args)} ended with {answer.ExitCode}: {answer.Output}{answer.Error}");
    }
}
