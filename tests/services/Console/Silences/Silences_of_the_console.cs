using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Sigma.OperatorConsole.Access;
using Sigma.ServiceTests.Console.Operations;
using Sigma.ServiceTests.Notifier;

namespace Sigma.ServiceTests.Console.Silences;

public sealed class Silences_of_the_console
{
    readonly Guid _alert = Guid.NewGuid();

    [Fact]
    public async Task Are_previewed_added_once_and_ended_by_the_API_and_written_down()
    {
        await using var notifier = await Notifier();
        await using var console = await ConsoleSession.Beside(notifier);
        await Raise(notifier);
        var http = await console.Program(Role.Operator);
        var silence = new
        {
            matchers = (string[])["account=7"], until = TimeProvider.System.GetUtcNow().AddHours(1), why = "test", silenceId = Guid.NewGuid(),
        };

        using (var preview = await http.PostAsJsonAsync("silences/preview", new { silence.matchers }))
            Assert.Equal(_alert, (await Json(preview)).EnumerateArray().Single().GetProperty("alertId").GetGuid());
        for (var time = 0; time < 2; time++)
        {
            using var added = await http.PostAsJsonAsync("silences", silence);
            Assert.Equal((HttpStatusCode.Created, silence.silenceId), (added.StatusCode, (await Json(added)).GetProperty("silenceId").GetGuid()));
        }
        var listed = (await http.GetFromJsonAsync<JsonElement>("silences")).GetProperty("silences").EnumerateArray().Single();
        Assert.Contains("program ", listed.GetProperty("by").GetString());
        using (var ended = await http.PostAsync($"silences/{silence.silenceId}/end", null))
            Assert.Equal(HttpStatusCode.NoContent, ended.StatusCode);
        using (var again = await http.PostAsync($"silences/{silence.silenceId}/end", null))
            Assert.Equal(HttpStatusCode.NotFound, again.StatusCode);
        using (var wrong = await http.PostAsJsonAsync("silences", silence with { matchers = ["account"] }))
            Assert.Equal(HttpStatusCode.UnprocessableEntity, wrong.StatusCode);

        Assert.Contains("\"account=7\"", (await console.Audit("silence.add"))[0]);
        Assert.Contains("\"state\":\"ended\"", Assert.Single(await console.Audit("silence.end")));
    }

    [Fact]
    public async Task Are_previewed_added_and_ended_on_the_pages()
    {
        await using var notifier = await Notifier();
        await using var console = await ConsoleSession.Beside(notifier);
        await Raise(notifier);
        var browser = await console.Browser(Role.Operator);

        var form = await ConsoleSession.Page(browser, "silences/new?matcher=account=7&matcher=severity=warning");
        Assert.Contains("account=7\nseverity=warning", form);
        Assert.Contains("1 alerta ativo seria silenciado", form);
        (string, string)[] fields =
        [
            ("Form.Id", ConsoleSession.Hidden(form, "Form.Id")), ("Form.Matchers", "account=7"), ("Form.Quick", "4h"),
            ("Form.Why", "técnico no local"),
        ];
        using (var preview = await ConsoleSession.Send(browser, "silences/new", "silence", [.. fields, ("Form.Action", "preview")]))
            Assert.Contains($"alerts/{_alert}", await ConsoleSession.Text(preview));
        Assert.DoesNotContain("técnico no local", await ConsoleSession.Page(browser, "silences"));
        using (var added = await ConsoleSession.Send(browser, "silences/new", "silence", [.. fields, ("Form.Action", "save")]))
            Assert.Equal((HttpStatusCode.Redirect, "silences?done=added"), (added.StatusCode, Address(added)));

        var page = await ConsoleSession.Page(browser, "silences?done=added");
        Assert.Contains("Silêncio criado.", page);
        Assert.Contains("técnico no local", page);
        Assert.Contains("calendar-silence", page);
        var id = ConsoleSession.Hidden(page, "Ended");
        using (var ended = await ConsoleSession.Send(browser, "silences", "end", ("Ended", id)))
            Assert.Equal((HttpStatusCode.Redirect, "silences?done=ended"), (ended.StatusCode, Address(ended)));
        Assert.DoesNotContain("técnico no local", await ConsoleSession.Page(browser, "silences"));
        Assert.Contains("técnico no local", await ConsoleSession.Page(browser, "silences?show=all"));
    }

    [Fact]
    public async Task Keep_what_was_typed_when_it_is_refused_and_say_why()
    {
        await using var notifier = await Notifier();
        await using var console = await ConsoleSession.Beside(notifier);
        var browser = await console.Browser(Role.Operator);

        using (var nothing = await ConsoleSession.Send(browser, "silences/new", "silence", ("Form.Why", "meu motivo"), ("Form.Quick", ""),
            ("Form.Action", "save")))
        {
            var page = await ConsoleSession.Text(nothing);
            Assert.Contains("Diga quais alertas", page);
            Assert.Contains("Diga até quando", page);
            Assert.Contains("value=\"meu motivo\"", page);
        }
        using var unreadable = await ConsoleSession.Send(browser, "silences/new", "silence", ("Form.Matchers", "account"), ("Form.Quick", "1h"),
            ("Form.Why", "meu motivo"), ("Form.Action", "save"));
        Assert.Contains("is not a matcher", await ConsoleSession.Text(unreadable));
    }

    [Fact]
    public async Task Are_for_viewers_to_look_at_only_and_not_for_whoever_sees_a_part()
    {
        await using var notifier = await Notifier();
        await using var console = await ConsoleSession.Beside(notifier);
        var silence = new { matchers = (string[])["account=7"], until = TimeProvider.System.GetUtcNow().AddHours(1), why = "test" };
        var viewer = await console.Program(Role.Viewer);
        var limited = await console.Program(Role.Operator, ("account", "7"));

        Assert.Equal(HttpStatusCode.OK, (await viewer.GetAsync("silences")).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await viewer.PostAsJsonAsync("silences", silence)).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await viewer.PostAsync($"silences/{Guid.NewGuid()}/end", null)).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await limited.GetAsync("silences")).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await limited.PostAsJsonAsync("silences", silence)).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await limited.PostAsJsonAsync("silences/preview", new { silence.matchers })).StatusCode);

        var browser = await console.Browser(Role.Viewer);
        Assert.DoesNotContain("silences/new", await ConsoleSession.Page(browser, "silences"));
        using var refused = await browser.GetAsync("silences/new");
        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        Assert.Empty(await console.Audit("silence.add"));
    }

    [Fact]
    public async Task Are_not_added_by_a_form_without_the_pages_token()
    {
        await using var notifier = await Notifier();
        await using var console = await ConsoleSession.Beside(notifier);
        var browser = await console.Browser(Role.Operator);

        using var forged = await browser.PostAsync("silences/new", new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["_handler"] = "silence", ["Form.Matchers"] = "account=7", ["Form.Quick"] = "1h", ["Form.Why"] = "x", ["Form.Action"] = "save",
        }));

        Assert.Equal(HttpStatusCode.BadRequest, forged.StatusCode);
        Assert.Empty(await console.Audit("silence.add"));
    }

    async Task Raise(NotifierSession notifier)
    {
        await notifier.Publish(NotifierSession.Raised(_alert));
        await notifier.Until(_alert, "whatsapp raised: sent");
    }

    static Task<NotifierSession> Notifier() =>
        NotifierSession.Start(("Api:Key", ConsoleSession.Key), ("Notifier:Channels:SegwareAlarmEvent:Enabled", "false"));

    static string? Address(HttpResponseMessage answer) => answer.Headers.Location is { IsAbsoluteUri: true } address
        ? address.PathAndQuery.TrimStart('/') : answer.Headers.Location?.ToString().TrimStart('/');

    static async Task<JsonElement> Json(HttpResponseMessage answer) => await answer.Content.ReadFromJsonAsync<JsonElement>();
}
