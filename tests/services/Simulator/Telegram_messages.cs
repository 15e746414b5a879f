using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Sigma.Simulator.Faults;
using Sigma.Simulator.Telegram;
using static Sigma.ServiceTests.Simulator.SimulatorSession;
using static Sigma.ServiceTests.Simulator.VendorCall;

namespace Sigma.ServiceTests.Simulator;

public sealed class Telegram_messages
{
    private const long Group = -4_200;

    [Fact]
    public async Task Are_taken_and_answered_with_what_people_see()
    {
        await using var sim = await Start();

        using var answer = await Send(sim, new { chat_id = Group, text = "<b>Excesso</b> &amp; açaí", parse_mode = "HTML" });

        var result = (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("result");
        var post = Assert.Single(sim.App.Telegram.Inbox.Posts);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal((1, "Excesso & açaí"), (result.GetProperty("message_id").GetInt64(), result.GetProperty("text").GetString()));
        Assert.Equal($$"""{"id":{{Group}},"type":"group","username":""}""", result.GetProperty("chat").GetRawText());
        Assert.Equal(Noon.ToUnixTimeSeconds(), result.GetProperty("date").GetInt64());
        Assert.Equal(("-4200", "<b>Excesso</b> &amp; açaí"), (post.To, post.Text));
    }

    [Fact]
    public async Task May_be_a_form_a_channels_or_an_answer_to_another()
    {
        await using var sim = await Start();

        using var form = await sim.Http.PostAsync(TelegramSend(sim), new FormUrlEncodedContent(
            new Dictionary<string, string> { ["chat_id"] = "@alertas", ["text"] = "um" }));
        using var first = await Send(sim, new { chat_id = Group, text = "dois" });
        using var reply = await Send(sim, new { chat_id = Group, text = "três", reply_parameters = new { message_id = 2 } });
        using var toNothing = await Send(sim, new { chat_id = 42, text = "quatro", reply_to_message_id = 2 });

        Assert.All([form, first, reply], answer => Assert.Equal(HttpStatusCode.OK, answer.StatusCode));
        await Refused(toNothing, 400, "Bad Request: message to be replied not found");
        Assert.Equal(["@alertas", "-4200", "-4200"], sim.App.Telegram.Inbox.Posts.Select(post => post.To));
    }

    [Theory]
    [InlineData("""{"text":"a"}""", "chat_id is empty")]
    [InlineData("""{"chat_id":"nobody","text":"a"}""", "chat not found")]
    [InlineData("""{"chat_id":42}""", "message text is empty")]
    [InlineData("""{"chat_id":42,"text":" \n"}""", "message text is empty")]
    [InlineData("""{"chat_id":42,"text":"<b></b>","parse_mode":"HTML"}""", "message text is empty")]
    [InlineData("""{"chat_id":42,"text":"a","parse_mode":"BBCode"}""", "unsupported parse_mode")]
    [InlineData("[1]", "can't parse JSON object")]
    public async Task Are_refused_when_a_parameter_is_missing_or_wrong(string body, string why)
    {
        await using var sim = await Start();

        using var answer = await sim.Http.PostAsync(TelegramSend(sim), new StringContent(body));

        await Refused(answer, 400, $"Bad Request: {why}");
        Assert.Empty(sim.App.Telegram.Inbox.Posts);
    }

    [Theory]
    [InlineData("HTML", "é <b>a", "Can't find end tag corresponding to start tag \"b\"")]
    [InlineData("HTML", "é a</b>", "Unexpected end tag at byte offset 4")]
    [InlineData("HTML", "<b><i>a</b></i>", "Unmatched end tag at byte offset 7, expected \"</i>\", found \"</b>\"")]
    [InlineData("HTML", "<script>a</script>", "Unsupported start tag \"script\" at byte offset 0")]
    [InlineData("HTML", "1 < 2", "Unsupported start tag \"\" at byte offset 2")]
    [InlineData("Markdown", "é *a", "Can't find end of the entity starting at byte offset 3")]
    [InlineData("Markdown", "E_130", "Can't find end of the entity starting at byte offset 1")]
    [InlineData("MarkdownV2", "*a", "Can't find end of Bold entity at byte offset 0")]
    [InlineData("MarkdownV2", "a.", "Character '.' is reserved and must be escaped with the preceding '\\'")]
    [InlineData("MarkdownV2", "[a](b", "Character ']' is reserved and must be escaped with the preceding '\\'")]
    public async Task Are_refused_with_broken_markup_and_taken_as_plain_text(string mode, string text, string why)
    {
        await using var sim = await Start();

        await Refused(await Send(sim, new { chat_id = 42, text, parse_mode = mode }), 400, $"Bad Request: can't parse entities: {why}");

        Assert.Equal(HttpStatusCode.OK, (await Send(sim, new { chat_id = 42, text })).StatusCode);
        Assert.Equal(text, Assert.Single(sim.App.Telegram.Inbox.Posts).Text);
    }

    [Theory]
    [InlineData("HTML", "<a href=\"https://example.org/?a=1&amp;b=2\">ver</a> <code>1 &lt; 2</code>", "ver 1 < 2")]
    [InlineData("HTML", "<pre><code class=\"language-c\">x</code></pre>", "x")]
    [InlineData("Markdown", "*a* _b_ `c*` [d](https://example.org) e\\_f", "a b c* d e_f")]
    [InlineData("MarkdownV2", "*a _b_* __c__ ||d|| `e.*` [f](https://example.org/x.y) g\\.", "a b c d e.* f g.")]
    [InlineData("MarkdownV2", ">quoted\n>more", "quoted\nmore")]
    public async Task Are_taken_with_right_markup(string mode, string text, string visible)
    {
        await using var sim = await Start();

        using var answer = await Send(sim, new { chat_id = 42, text, parse_mode = mode });

        Assert.Equal(visible, (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("result").GetProperty("text").GetString());
    }

    [Fact]
    public async Task Are_measured_without_their_markup()
    {
        await using var sim = await Start();

        await Refused(await Send(sim, new { chat_id = 42, text = new string('x', 4_097) }), 400, "Bad Request: message is too long");

        using var answer = await Send(sim, new { chat_id = 42, text = $"<b>{new string('x', 4_096)}</b>", parse_mode = "HTML" });
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Theory]
    [InlineData("blocked", 403, "Forbidden: bot was blocked by the user")]
    [InlineData("kicked", 403, "Forbidden: bot was kicked from the group chat")]
    [InlineData("not_found", 400, "Bad Request: chat not found")]
    public async Task Are_refused_by_a_chat_that_is_lost(string reason, int status, string description)
    {
        await using var sim = await Start();
        sim.App.Telegram.Refusals.Set("-4200", reason);

        await Refused(await Send(sim, new { chat_id = Group, text = "a" }), status, description);
        Assert.Empty(sim.App.Telegram.Inbox.Posts);
    }

    [Fact]
    public async Task Name_the_supergroup_that_a_group_has_become_which_then_takes_them()
    {
        await using var sim = await Start();
        sim.App.Telegram.Refusals.Set("-4200", "migrated");

        using var moved = await Send(sim, new { chat_id = Group, text = "a" });
        var parameters = await Refused(moved, 400, "Bad Request: group chat was upgraded to a supergroup chat");
        var supergroup = parameters.GetProperty("migrate_to_chat_id").GetInt64();
        using var answer = await Send(sim, new { chat_id = supergroup, text = "a" });

        Assert.Equal(TelegramBot.SupergroupOf(Group), supergroup);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Fact]
    public async Task Need_the_bots_token_which_shows_nowhere()
    {
        await using var sim = await Start();
        var token = sim.App.Options.Telegram.Token;

        await Refused(await sim.Http.PostAsJsonAsync("/bot1:wrong/sendMessage", new { chat_id = 42, text = "a" }), 401, "Unauthorized");
        await Refused(await sim.Http.PostAsJsonAsync("/botwrong/sendMessage", new { chat_id = 42, text = "a" }), 404, "Not Found");
        Assert.Equal(HttpStatusCode.OK, (await sim.Http.GetAsync($"/bot{token}/getMe")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await sim.Http.GetAsync($"/bot{token}/getUpdates")).StatusCode);

        Assert.DoesNotContain(token, await sim.Segware.GetStringAsync("/"));
        Assert.DoesNotContain(token, await sim.Segware.GetStringAsync("/_sim/received"));
    }

    [Fact]
    public async Task Wait_when_a_chat_gets_too_many_or_a_fault_says_so()
    {
        await using var sim = await Start(o => o.Telegram.MessagesPerMinute = 1);
        await Send(sim, new { chat_id = Group, text = "a" });

        using var refused = await Send(sim, new { chat_id = Group, text = "b" });
        sim.App.Faults.Add(Fault.TooMany("/bot*", TimeSpan.FromSeconds(7)) with { Count = 1 });
        using var faulty = await Send(sim, new { chat_id = 42, text = "b" });

        Assert.Equal(60, (await Refused(refused, 429, "Too Many Requests: retry after 60")).GetProperty("retry_after").GetInt32());
        Assert.Equal(7, (await Refused(faulty, 429, "Too Many Requests: retry after 7")).GetProperty("retry_after").GetInt32());
        Assert.Equal(TimeSpan.FromSeconds(60), refused.Headers.RetryAfter?.Delta);
        Assert.Equal(HttpStatusCode.OK, (await Send(sim, new { chat_id = 42, text = "b" })).StatusCode);
    }

    private static Task<HttpResponseMessage> Send(SimulatorSession sim, object message) => sim.Http.PostAsJsonAsync(TelegramSend(sim), message);

    private static async Task<JsonElement> Refused(HttpResponseMessage answer, int status, string description)
    {
        var body = await answer.Content.ReadFromJsonAsync<JsonElement>();

        Assert.Equal((status, false), ((int)answer.StatusCode, body.GetProperty("ok").GetBoolean()));
        Assert.Equal((status, description), (body.GetProperty("error_code").GetInt32(), body.GetProperty("description").GetString()));
        return body.TryGetProperty("parameters", out var parameters) ? parameters : default;
    }
}
