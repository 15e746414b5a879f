using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Sigma.OperatorConsole.Access;
using Sigma.ServiceTests.Console.Operations;
using Sigma.ServiceTests.Notifier;

namespace Sigma.ServiceTests.Console.Routes;

public sealed class Routes_of_the_console
{
    const string Mine = """{ "Routes": [ { "Name": "mine", "Matchers": ["code=E130"], "Receiver": "default" } ] }""";

    [Fact]
    public async Task Are_changed_by_engineers_so_that_no_change_is_lost()
    {
        await using var notifier = await Notifier();
        await using var console = await ConsoleSession.Beside(notifier);
        var http = await console.Program(Role.Engineer);

        using (var before = await http.GetAsync("routes"))
            Assert.Equal("\"0\"", before.Headers.ETag?.Tag);
        using (var put = await Put(http, Mine, "\"0\""))
            Assert.Equal((HttpStatusCode.OK, "\"1\""), (put.StatusCode, put.Headers.ETag?.Tag));
        using (var late = await Put(http, "{}", "\"0\""))
            Assert.Equal(HttpStatusCode.PreconditionFailed, late.StatusCode);
        using (var wrong = await Put(http, Mine.Replace("default", "nobody"), "\"1\""))
            Assert.Equal(HttpStatusCode.UnprocessableEntity, wrong.StatusCode);
        using (var tested = await http.PostAsJsonAsync("routes/test", new { labels = new { code = "E130" } }))
            Assert.Equal("mine", (await Json(tested))[0].GetProperty("paths")[0].GetString());
        using (var put = await Put(http, "{}", "\"1\""))
            Assert.Equal(HttpStatusCode.OK, put.StatusCode);
        using (var back = await http.PostAsJsonAsync("routes/rollback", new { to = 1, why = "test" }))
            Assert.Equal(HttpStatusCode.OK, back.StatusCode);
        Assert.Equal([3, 2, 1], (await http.GetFromJsonAsync<JsonElement>("routes/history")).EnumerateArray()
            .Select(change => change.GetProperty("revision").GetInt32()));
        Assert.Equal(HttpStatusCode.NotFound, (await http.GetAsync("routes/history/9")).StatusCode);

        var reader = await console.Program(Role.Operator);
        using (var refused = await Put(reader, "{}", "\"3\""))
            Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await (await console.Program(Role.Engineer, ("account", "7"))).GetAsync("routes")).StatusCode);
        Assert.Equal(2, (await console.Audit("route.change")).Count);
        Assert.Contains("\"revision\":2", Assert.Single(await console.Audit("route.rollback")));
    }

    [Fact]
    public async Task Are_edited_on_a_page_that_keeps_what_was_typed_when_somebody_else_was_faster()
    {
        await using var notifier = await Notifier();
        await using var console = await ConsoleSession.Beside(notifier);
        var browser = await console.Browser(Role.Engineer);
        (string, string)[] Fields(string text, int revision, string action) =>
            [("Form.Text", text), ("Form.Revision", $"{revision}"), ("Form.Why", "teste"), ("Form.Action", action)];

        using (var good = await ConsoleSession.Send(browser, "routes/edit", "routes", Fields(Mine, 0, "check")))
            Assert.Contains("O texto está correto", await ConsoleSession.Text(good));
        using (var wrong = await ConsoleSession.Send(browser, "routes/edit", "routes", Fields(Mine.Replace("default", "nobody"), 0, "save")))
            Assert.Contains("Routes.0.Receiver is nobody", await ConsoleSession.Text(wrong));
        using (var unreadable = await ConsoleSession.Send(browser, "routes/edit", "routes", Fields("{ meu texto", 0, "save")))
        {
            var page = await ConsoleSession.Text(unreadable);
            Assert.Contains("não pode ser lido como JSON", page);
            Assert.Contains("{ meu texto", page);
        }
        using (var saved = await ConsoleSession.Send(browser, "routes/edit", "routes", Fields(Mine, 0, "save")))
            Assert.Equal(HttpStatusCode.Redirect, saved.StatusCode);
        var tree = await ConsoleSession.Page(browser, "routes?done=changed");
        Assert.Contains(">mine</a>", tree);
        Assert.Contains("code=E130", tree);

        var late = Mine.Replace("mine", "late");
        using (var outdated = await ConsoleSession.Send(browser, "routes/edit", "routes", Fields(late, 0, "save")))
        {
            var page = await ConsoleSession.Text(outdated);
            Assert.Contains("Outra pessoa alterou as rotas", page);
            Assert.Contains("\"late\"", page);
            Assert.Equal("1", ConsoleSession.Hidden(page, "Form.Revision"));
        }
        var test = await ConsoleSession.Page(browser, "routes/test?asked=1&labels=code%3DE130", "en");
        Assert.Contains("would be told", test);
        Assert.Contains("<b>mine</b>", test);
        using (var back = await ConsoleSession.Send(browser, "routes/edit", "routes", Fields("{}", 1, "save")))
            Assert.Equal(HttpStatusCode.Redirect, back.StatusCode);
        using (var rolled = await ConsoleSession.Send(browser, "routes/history", "rollback", ("Form.To", "1"), ("Form.Expected", "2")))
            Assert.Equal(HttpStatusCode.Redirect, rolled.StatusCode);
        Assert.Contains(">mine</a>", await ConsoleSession.Page(browser, "routes"));
        Assert.Contains("\"mine\"", await ConsoleSession.Page(browser, "routes/history/3"));
    }

    [Fact]
    public async Task Are_changed_by_a_form_and_their_revisions_say_what_differs()
    {
        await using var notifier = await Notifier();
        await using var console = await ConsoleSession.Beside(notifier);
        var browser = await console.Browser(Role.Engineer);
        (string, string)[] Fields(string was, string name, int revision, string action) =>
        [
            ("Form.Was", was), ("Form.Name", name), ("Form.Revision", $"{revision}"), ("Form.Matchers", "code=E130\r\nseverity=critical"),
            ("Form.Receiver", "default"), ("Form.Hours", "mon-fri 08:00-18:00"), ("Form.Continue", "true"), ("Form.Action", action),
        ];

        using (var made = await ConsoleSession.Send(browser, "routes/route", "route", Fields("", "office", 0, "save")))
            Assert.Equal(HttpStatusCode.Redirect, made.StatusCode);
        var form = await ConsoleSession.Page(browser, "routes/route?name=office");
        Assert.Contains("code=E130\nseverity=critical</textarea>", form);
        Assert.Contains("mon-fri 08:00-18:00", form);
        using (var wrong = await ConsoleSession.Send(browser, "routes/route?name=office", "route",
            [.. Fields("office", "office", 1, "save"), ("Form.Parent", "nobody")]))
            Assert.Contains("nobody", await ConsoleSession.Text(wrong));
        using (var renamed = await ConsoleSession.Send(browser, "routes/route?name=office", "route", Fields("office", "bureau", 1, "save")))
            Assert.Equal(HttpStatusCode.Redirect, renamed.StatusCode);
        using (var late = await ConsoleSession.Send(browser, "routes/route?name=bureau", "route", Fields("bureau", "late", 1, "save")))
            Assert.Contains("Outra pessoa alterou as rotas", await ConsoleSession.Text(late));
        var difference = await ConsoleSession.Page(browser, "routes/history/2");
        Assert.Contains("Routes.bureau.Name", difference);
        Assert.Contains("Routes.office.Name", difference);
        Assert.Contains("alterada", difference);
        Assert.Contains("Dizem o mesmo.", await ConsoleSession.Page(browser, "routes/history/2?with=2"));
        using (var removed = await ConsoleSession.Send(browser, "routes/route?name=bureau", "route", Fields("bureau", "bureau", 2, "remove")))
            Assert.Equal(HttpStatusCode.Redirect, removed.StatusCode);
        Assert.DoesNotContain("bureau", await ConsoleSession.Page(browser, "routes"));

        using var viewer = await ConsoleSession.Send(await console.Browser(Role.Operator), "routes/route", "route", Fields("", "mine", 3, "save"));
        Assert.Equal(HttpStatusCode.Forbidden, viewer.StatusCode);
    }

    [Fact]
    public async Task Lead_to_receivers_that_engineers_send_labelled_tests_to()
    {
        await using var notifier = await Notifier();
        await using var console = await ConsoleSession.Beside(notifier);
        var browser = await console.Browser(Role.Engineer);

        using (var tested = await ConsoleSession.Send(browser, "receivers", "test", ("Integration", "whatsapp")))
        {
            var page = await ConsoleSession.Text(tested);
            Assert.Contains("enviado.", page);
            Assert.Contains("Recibo:", page);
        }
        Assert.StartsWith("🔧 *Teste do rastreador", Assert.Single(notifier.Simulator.Received.Messages).Message);
        Assert.DoesNotContain(NotifierSession.Recipient, await ConsoleSession.Page(browser, "receivers"));

        var http = await console.Program(Role.Operator);
        Assert.Equal(HttpStatusCode.OK, (await http.GetAsync("receivers")).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await http.PostAsync("receivers/whatsapp/test", null)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await (await console.Program(Role.Engineer)).PostAsync("receivers/nobody/test", null)).StatusCode);
        Assert.DoesNotContain("Enviar teste", await ConsoleSession.Page(await console.Browser(Role.Operator), "receivers"));
        Assert.Contains("\"state\":\"sent\"", Assert.Single(await console.Audit("receiver.test")));
    }

    static Task<NotifierSession> Notifier() =>
        NotifierSession.Start(("Api:Key", ConsoleSession.Key), ("Notifier:Channels:SegwareAlarmEvent:Enabled", "false"));

    static Task<HttpResponseMessage> Put(HttpClient http, string policy, string ifMatch)
    {
        HttpRequestMessage request = new(HttpMethod.Put, "routes")
        {
            Content = new StringContent($$"""{ "policy": {{policy}}, "why": "test" }""", Encoding.UTF8, "application/json"),
        };
        request.Headers.TryAddWithoutValidation("If-Match", ifMatch);
        return http.SendAsync(request);
    }

    static async Task<JsonElement> Json(HttpResponseMessage answer) => await answer.Content.ReadFromJsonAsync<JsonElement>();
}
