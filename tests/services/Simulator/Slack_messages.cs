using System.Net;
using System.Net.Http.Json;
using System.Text;
using static Sigma.ServiceTests.Simulator.SimulatorSession;
using static Sigma.ServiceTests.Simulator.VendorCall;

namespace Sigma.ServiceTests.Simulator;

public sealed class Slack_messages
{
    private const string AllKindsOfBlocks =
        """
        {"text":"a","blocks":[{"type":"header","text":{"type":"plain_text","text":"Excesso"}},{"type":"divider"},
        {"type":"section","text":{"type":"mrkdwn","text":"*Conta*"},"fields":[{"type":"mrkdwn","text":"E130"}]},
        {"type":"context","elements":[{"type":"mrkdwn","text":"agora"},{"type":"image","image_url":"https://example.org/a.png","alt_text":"a"}]},
        {"type":"actions","elements":[{"type":"button","text":{"type":"plain_text","text":"Ver"},"url":"https://example.org"}]}]}
        """;

    [Theory]
    [InlineData("""{"text":"*Excesso* <https://example.org|conta>"}""")]
    [InlineData(AllKindsOfBlocks)]
    [InlineData("""{"blocks":[{"type":"section","text":{"type":"plain_text","text":"no fallback"}}]}""")]
    [InlineData("""{"attachments":[{"fallback":"a"}]}""")]
    public async Task Are_taken_with_ok_and_kept_by_hook_without_its_secret(string body)
    {
        await using var sim = await Start();

        using var answer = await Post(sim, body);

        var post = Assert.Single(sim.App.Slack.Inbox.Posts);
        Assert.Equal((HttpStatusCode.OK, "ok"), (answer.StatusCode, await answer.Content.ReadAsStringAsync()));
        Assert.Equal("T0001/B0001", post.To);
        Assert.DoesNotContain("slack-secret", await sim.Segware.GetStringAsync("/"));
        Assert.DoesNotContain("slack-secret", await sim.Segware.GetStringAsync("/_sim/vendors/slack"));
    }

    [Fact]
    public async Task May_be_a_form()
    {
        await using var sim = await Start();

        using var answer = await sim.Http.PostAsync(
            SlackHook, new FormUrlEncodedContent([new KeyValuePair<string, string>("payload", """{"text":"olá"}""")]));

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("olá", Assert.Single(sim.App.Slack.Inbox.Posts).Text);
    }

    [Theory]
    [InlineData("text=a", "invalid_payload")]
    [InlineData("[]", "invalid_payload")]
    [InlineData("""{"text":1}""", "invalid_payload")]
    [InlineData("""{"text":"a","attachments":{}}""", "invalid_payload")]
    [InlineData("{}", "no_text")]
    [InlineData("""{"text":""}""", "no_text")]
    [InlineData("""{"text":null,"blocks":[]}""", "no_text")]
    [InlineData("""{"text":"a","blocks":{}}""", "invalid_blocks")]
    [InlineData("""{"text":"a","blocks":[{"type":"table-of-contents"}]}""", "invalid_blocks")]
    [InlineData("""{"text":"a","blocks":[{"type":"section"}]}""", "invalid_blocks")]
    [InlineData("""{"text":"a","blocks":[{"type":"section","text":"plain"}]}""", "invalid_blocks")]
    [InlineData("""{"text":"a","blocks":[{"type":"section","text":{"type":"mrkdwn","text":""}}]}""", "invalid_blocks")]
    [InlineData("""{"text":"a","blocks":[{"type":"header","text":{"type":"mrkdwn","text":"a"}}]}""", "invalid_blocks")]
    [InlineData("""{"text":"a","blocks":[{"type":"context","elements":[]}]}""", "invalid_blocks")]
    [InlineData("""{"text":"a","blocks":[{"type":"image","image_url":"https://example.org/a.png"}]}""", "invalid_blocks")]
    [InlineData("""{"text":"a","blocks":[{"type":"divider","block_id":"1"},{"type":"divider","block_id":"1"}]}""", "invalid_blocks")]
    public async Task Are_refused_with_the_word_for_what_is_wrong(string body, string word)
    {
        await using var sim = await Start();

        await Refused(sim, await Post(sim, body), HttpStatusCode.BadRequest, word);
    }

    [Fact]
    public async Task Are_refused_above_the_limits_and_taken_at_them()
    {
        await using var sim = await Start();

        await Refused(sim, await Section(sim, 3_001), HttpStatusCode.BadRequest, "invalid_blocks");
        await Refused(sim, await Header(sim, 151), HttpStatusCode.BadRequest, "invalid_blocks");
        await Refused(sim, await Dividers(sim, 51), HttpStatusCode.BadRequest, "invalid_blocks");
        await Refused(sim, await Text(sim, 40_001), HttpStatusCode.BadRequest, "msg_too_long");

        Assert.Equal(HttpStatusCode.OK, (await Section(sim, 3_000)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await Header(sim, 150)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await Dividers(sim, 50)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await Text(sim, 40_000)).StatusCode);
    }

    [Theory]
    [InlineData("channel_is_archived", 410)]
    [InlineData("channel_not_found", 404)]
    [InlineData("no_service", 404)]
    [InlineData("action_prohibited", 403)]
    [InlineData("invalid_token", 403)]
    public async Task Are_refused_for_what_is_wrong_with_the_hook(string word, int status)
    {
        await using var sim = await Start();
        sim.App.Slack.Refusals.Set("T0001/B0001", word);

        await Refused(sim, await Post(sim, """{"text":"a"}"""), (HttpStatusCode)status, word);
        Assert.Equal(HttpStatusCode.OK, (await sim.Http.PostAsJsonAsync("/services/T0001/B0002/slack-secret", new { text = "a" })).StatusCode);
    }

    [Fact]
    public async Task Need_the_secret_of_the_hook()
    {
        await using var sim = await Start();

        using var answer = await sim.Http.PostAsJsonAsync("/services/T0001/B0001/wrong", new { text = "a" });

        await Refused(sim, answer, HttpStatusCode.Forbidden, "invalid_token");
    }

    [Fact]
    public async Task Wait_when_a_hook_gets_too_many_of_them_and_other_hooks_do_not()
    {
        await using var sim = await Start(o => o.Slack.MessagesPerMinute = 2);
        await Post(sim, """{"text":"1"}""");
        sim.Clock.Now = Noon.AddSeconds(20);
        await Post(sim, """{"text":"2"}""");

        using var refused = await Post(sim, """{"text":"3"}""");
        using var other = await sim.Http.PostAsJsonAsync("/services/T0001/B0002/slack-secret", new { text = "a" });
        sim.Clock.Now = Noon.AddSeconds(60);
        using var later = await Post(sim, """{"text":"3"}""");

        Assert.Equal((HttpStatusCode.TooManyRequests, "rate_limited"), (refused.StatusCode, await refused.Content.ReadAsStringAsync()));
        Assert.Equal(TimeSpan.FromSeconds(40), refused.Headers.RetryAfter?.Delta);
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (other.StatusCode, later.StatusCode));
    }

    [Fact]
    public async Task Refuse_for_reasons_that_Slack_has_and_no_others()
    {
        await using var sim = await Start();

        using var answer = await sim.Http.PutAsJsonAsync("/_sim/vendors/slack/refusals", new { recipient = "T/B", reason = "gone" });
        using var nobody = await sim.Http.PutAsJsonAsync("/_sim/vendors/nobody/refusals", new { recipient = "T/B", reason = "gone" });

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains("channel_is_archived", await answer.Content.ReadAsStringAsync());
        Assert.Equal(HttpStatusCode.NotFound, nobody.StatusCode);
        Assert.Throws<ArgumentException>(() => sim.App.Slack.Refusals.Set("T/B", "gone"));
    }

    private static Task<HttpResponseMessage> Post(SimulatorSession sim, string body) =>
        sim.Http.PostAsync(SlackHook, new StringContent(body, Encoding.UTF8, "application/json"));

    private static Task<HttpResponseMessage> Text(SimulatorSession sim, int length) =>
        sim.Http.PostAsJsonAsync(SlackHook, new { text = new string('x', length) });

    private static Task<HttpResponseMessage> Section(SimulatorSession sim, int length) => Blocks(
        sim, new { type = "section", text = new { type = "mrkdwn", text = new string('x', length) } });

    private static Task<HttpResponseMessage> Header(SimulatorSession sim, int length) => Blocks(
        sim, new { type = "header", text = new { type = "plain_text", text = new string('x', length) } });

    private static Task<HttpResponseMessage> Dividers(SimulatorSession sim, int count) =>
        Blocks(sim, [.. Enumerable.Repeat(new { type = "divider" }, count)]);

    private static Task<HttpResponseMessage> Blocks(SimulatorSession sim, params object[] blocks) =>
        sim.Http.PostAsJsonAsync(SlackHook, new { text = "a", blocks });

    private static async Task Refused(SimulatorSession sim, HttpResponseMessage answer, HttpStatusCode status, string word)
    {
        Assert.Equal((status, word), (answer.StatusCode, await answer.Content.ReadAsStringAsync()));
        Assert.Empty(sim.App.Slack.Inbox.Posts);
    }
}
