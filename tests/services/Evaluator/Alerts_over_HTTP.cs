using System.Text.Json;

namespace Sigma.ServiceTests.Evaluator;

public sealed class Alerts_over_HTTP
{
    [Fact]
    public async Task What_is_raised_is_listed_by_what_it_is_page_by_page()
    {
        await using var session = await EvaluatorSession.Start();
        foreach (var account in (string[])["100", "200", "300"])
            await session.Raise(account);

        var first = await session.Get("alerts?limit=2");
        Assert.Equal(["300", "200"], Accounts(first));
        var last = await session.Get($"alerts?limit=2&after={first.GetProperty("next").GetString()}");
        Assert.Equal(["100"], Accounts(last));
        Assert.False(last.TryGetProperty("next", out _));

        Assert.Equal(["200"],
            Accounts(await session.Get("alerts?label=account=200&label=code=E130&rule=excess-of-events&kind=count&source=segware")));
        Assert.Empty(Accounts(await session.Get("alerts?label=account=200&label=code=E131")));
        Assert.Empty(Accounts(await session.Get("alerts?severity=critical")));
        Assert.Empty(Accounts(await session.Get("alerts?acknowledged=true")));
        Assert.Empty(Accounts(await session.Get("alerts?shadow=true")));
        Assert.Equal(3, Accounts(await session.Get("alerts?acknowledged=false")).Count());
        foreach (var wrong in (string[])["label=account", "label==1", "label=a=1&label=a=2", "limit=many", "acknowledged=maybe"])
            Assert.Equal((wrong, 400), (wrong, (await session.Send(HttpMethod.Get, $"alerts?{wrong}")).Status));
    }

    [Fact]
    public async Task What_people_do_is_done_once_however_often_it_is_sent()
    {
        await using var session = await EvaluatorSession.Start();
        var alert = await session.Raise();
        object ack = new { commandId = Guid.NewGuid(), by = "Ana", comment = "on my way" };

        var told = await session.Post($"alerts/{alert}/acknowledge", ack);
        Assert.Equal((202, false), (told.Status, told.Body.GetProperty("isDone").GetBoolean()));
        await Notes(session, alert, 1);
        var again = await session.Post($"alerts/{alert}/acknowledge", ack);
        Assert.Equal((200, true), (again.Status, again.Body.GetProperty("isDone").GetBoolean()));

        foreach (var (what, body) in (List<(string, object)>)[
            ("comment", new { commandId = Guid.NewGuid(), by = "Ana", comment = "a branch before the detector" }),
            ("assign", new { commandId = Guid.NewGuid(), by = "Ana", to = "Rui" }),
            ("snooze", new { commandId = Guid.NewGuid(), by = "Rui", until = EvaluatorSession.Noon.AddHours(3) })])
            Assert.Equal((what, 202), (what, (await session.Post($"alerts/{alert}/{what}", body)).Status));
        var notes = await Notes(session, alert, 4);

        Assert.Equal(["acknowledged", "assigned", "commented", "snoozed"],
            notes.GetProperty("notes").EnumerateArray().Select(note => note.GetProperty("what").GetString()).Order());
        var shown = notes.GetProperty("alert");
        Assert.Equal(("Ana", "Rui", true), (shown.GetProperty("acknowledgedBy").GetString(), shown.GetProperty("assignedTo").GetString(),
            shown.GetProperty("isSnoozed").GetBoolean()));
        Assert.Equal(202, (await session.Post($"alerts/{alert}/snooze", new { commandId = Guid.NewGuid(), by = "Rui", ends = true })).Status);
        Assert.False((await Notes(session, alert, 5)).GetProperty("alert").GetProperty("isSnoozed").GetBoolean());
    }

    [Fact]
    public async Task What_is_done_later_has_the_later_time_also_by_a_clock_that_is_behind()
    {
        await using var session = await EvaluatorSession.Start();
        var alert = await session.Raise();
        await session.Post($"alerts/{alert}/snooze", new { commandId = Guid.NewGuid(), by = "Ana" });
        await Notes(session, alert, 1);

        session.Clock.Advance(TimeSpan.FromMinutes(-5)); // of another evaluator
        await session.Post($"alerts/{alert}/snooze", new { commandId = Guid.NewGuid(), by = "Rui", ends = true });
        var notes = (await Notes(session, alert, 2)).GetProperty("notes").EnumerateArray().ToList();

        Assert.Equal(["Ana", "Rui"], notes.Select(note => note.GetProperty("by").GetString()));
        Assert.True(notes[1].GetProperty("at").GetDateTimeOffset() > notes[0].GetProperty("at").GetDateTimeOffset(),
            "The end of the snooze seems older than the snooze, so who hears of both would leave the alert snoozed");
    }

    [Fact]
    public async Task What_people_did_with_all_alerts_is_listed_page_by_page_also_one_command_for_many()
    {
        await using var session = await EvaluatorSession.Start();
        var command = Guid.NewGuid();
        List<Guid> alerts = [await session.Raise("100"), await session.Raise("200"), await session.Raise("300")];
        foreach (var alert in alerts)
            await session.Post($"alerts/{alert}/acknowledge", new { commandId = command, by = "Ana" });
        await session.Post($"alerts/{alerts[0]}/comment", new { commandId = Guid.NewGuid(), by = "Rui", comment = "a branch" });
        await Await.Until(() => session.Count("select count(*) from evaluator_alert_notes"), count => count == 4, "all is noted");

        List<string> seen = [];
        for (string? after = ""; after is not null;)
        {
            var page = await session.Get($"notes?limit=1{(after.Length > 0 ? $"&after={after}" : "")}");
            seen.AddRange(page.GetProperty("items").EnumerateArray()
                .Select(deed => $"{deed.GetProperty("alertId").GetGuid()} {deed.GetProperty("what").GetString()}"));
            after = page.TryGetProperty("next", out var next) ? next.GetString() : null;
        }
        Assert.Equal([.. alerts.Select(alert => $"{alert} acknowledged").Append($"{alerts[0]} commented").Order()], seen.Order());

        Assert.Equal(3, (await session.Get("notes?by=Ana&what=acknowledged")).GetProperty("items").GetArrayLength());
        Assert.Equal(0, (await session.Get("notes?by=Ana&what=commented")).GetProperty("items").GetArrayLength());
        Assert.Equal(0, (await session.Get("notes?to=2020-01-01T00:00:00Z")).GetProperty("items").GetArrayLength());
        Assert.Equal(4, (await session.Get("notes?from=2020-01-01T00:00:00Z")).GetProperty("items").GetArrayLength());
        Assert.Equal(400, (await session.Send(HttpMethod.Get, "notes?after=there")).Status);
    }

    [Fact]
    public async Task An_alert_that_was_closed_has_its_notes_still_and_the_same_close_finds_it_done()
    {
        await using var session = await EvaluatorSession.Start();
        var alert = await session.Raise();
        object close = new { commandId = Guid.NewGuid(), by = "Ana", comment = "sensor replaced" };

        Assert.Equal(202, (await session.Post($"alerts/{alert}/close", close)).Status);
        var over = await Notes(session, alert, 1);
        Assert.False(over.TryGetProperty("alert", out _));
        Assert.Equal(200, (await session.Post($"alerts/{alert}/close", close)).Status);

        var late = await session.Post($"alerts/{alert}/comment", new { commandId = Guid.NewGuid(), by = "Rui", comment = "too late" });
        Assert.Equal((404, $"No alert {alert} is raised."), (late.Status, late.Detail));
    }

    [Fact]
    public async Task What_is_refused_says_why()
    {
        await using var session = await EvaluatorSession.Start();
        var alert = await session.Raise();
        var id = Guid.NewGuid();

        Assert.Equal(404, (await session.Send(HttpMethod.Get, $"alerts/{id}")).Status);
        Assert.Equal(404, (await session.Post($"alerts/{id}/acknowledge", new { commandId = id, by = "Ana" })).Status);
        Assert.Equal(404, (await session.Post("alerts/7/acknowledge", new { commandId = id, by = "Ana" })).Status);
        Assert.Equal((422, "commandId is empty: make one up, and say the same when the command is sent again"),
            await Refused("acknowledge", new { commandId = Guid.Empty, by = "Ana" }));
        Assert.Equal((422, "by is who does it, in 1 to 100 characters"), await Refused("acknowledge", new { commandId = id, by = "" }));
        Assert.Equal((422, "comment has at most 1,000 characters"),
            await Refused("acknowledge", new { commandId = id, by = "Ana", comment = new string('x', 1001) }));
        Assert.Equal((422, "comment has 1 to 1,000 characters"), await Refused("close", new { commandId = id, by = "Ana", comment = " " }));
        Assert.Equal((422, "to is a name of 1 to 100 characters"), await Refused("assign", new { commandId = id, by = "Ana", to = "" }));
        Assert.Equal((422, "say either until or ends"),
            await Refused("snooze", new { commandId = id, by = "Ana", until = EvaluatorSession.Noon, ends = true }));
        Assert.Equal(400, (await Refused("close", new { commandId = id, by = "Ana" })).Status);
        Assert.Equal(400, (await Refused("acknowledge", new { by = "Ana" })).Status);
        Assert.Equal(0, await session.Count("select count(*) from evaluator_alert_notes"));

        async Task<(int Status, string? Detail)> Refused(string what, object body)
        {
            var answer = await session.Post($"alerts/{alert}/{what}", body);
            return (answer.Status, answer.Detail);
        }
    }

    [Fact]
    public async Task What_is_counted_of_a_key_is_explained()
    {
        await using var session = await EvaluatorSession.Start();
        var alert = await session.Raise(events: 23);

        var key = await session.Get("explain?rule=excess-of-events&label=account=100&label=code=E130&label=cuc=ALR");
        Assert.Equal((23, 20, 20), (key.GetProperty("count").GetInt32(), key.GetProperty("threshold").GetInt32(),
            key.GetProperty("clearBelow").GetInt32()));
        Assert.Equal(23, key.GetProperty("pieces").EnumerateArray().Sum(piece => piece.GetProperty("events").GetInt32()));
        Assert.Equal(alert, key.GetProperty("alert").GetProperty("alertId").GetGuid());
        Assert.Equal(1, key.GetProperty("covered").GetArrayLength());

        var other = await session.Get("explain?rule=excess-of-events&label=account=100&label=code=E702&label=cuc=ALR");
        Assert.Equal((0, true, false),
            (other.GetProperty("count").GetInt32(), other.GetProperty("isOwn").GetBoolean(), other.TryGetProperty("alert", out _)));
        Assert.Equal(404, (await session.Send(HttpMethod.Get, "explain?rule=none&label=account=100")).Status);
        Assert.Equal(400, (await session.Send(HttpMethod.Get, "explain?rule=excess-of-events&label=account=100")).Status);
        Assert.Equal(400, (await session.Send(HttpMethod.Get, "explain?rule=excess-of-events&at=noon")).Status);
        Assert.Equal(400, (await session.Send(HttpMethod.Get, "explain")).Status);
    }

    static async Task<JsonElement> Notes(EvaluatorSession session, Guid alert, int count)
    {
        JsonElement shown = default;
        await Await.Until(async () =>
        {
            var answer = await session.Send(HttpMethod.Get, $"alerts/{alert}");
            return answer.Status == 200 ? (shown = answer.Body).GetProperty("notes").GetArrayLength() : 0;
        }, found => found == count, $"{count} deeds are noted");
        return shown;
    }

    static IEnumerable<string?> Accounts(JsonElement page) =>
        page.GetProperty("items").EnumerateArray().Select(alert => alert.GetProperty("labels").GetProperty("account").GetString());
}
