using Sigma.Simulator;
using Sigma.Simulator.Faults;
using Sigma.Simulator.Segware;
using static Sigma.ServiceTests.Notifier.NotifierSession;

namespace Sigma.ServiceTests.Notifier.Vendors;

public sealed class Slack_messages
{
    const string Hooks = "/services/*";

    readonly Guid _alert = Guid.NewGuid();

    [Fact]
    public async Task Are_text_and_sections_whose_values_cannot_be_markup()
    {
        await using var notifier = await Start(Settings());
        notifier.Simulator.Segware.Accounts.Add(new Account(8, "0043", 3, 101, "Bar & <!channel> *Zé*"));

        await notifier.Publish(Raised(_alert, account: 8));
        await notifier.Until(_alert, "team raised: sent");
        await notifier.Publish(Cleared(_alert, account: 8));
        await notifier.Until(_alert, "team cleared: sent", "team raised: sent");

        var text =
            """
            🚨 *Excesso de eventos*
            *0043* Bar &amp; &lt;!channel&gt; ∗Zé∗
            Empresa: Vigília Sul Ltda
            Grupo: Varejo
            CUC: ALR
            Código: E130
            *20 eventos* (limite 20)
            De 20/11 16:00 até 20/11 18:00
            """.ReplaceLineEndings("\n");
        var posts = notifier.Simulator.Slack.Inbox.Posts;
        Assert.Equal(("T00/B00", text), (posts[0].To, posts[0].Text));
        var section = Assert.Single(posts[0].Body.GetProperty("blocks").EnumerateArray());
        Assert.Equal(("section", "mrkdwn", text), (section.GetProperty("type").GetString(),
            section.GetProperty("text").GetProperty("type").GetString(), section.GetProperty("text").GetProperty("text").GetString()));
        Assert.StartsWith("✅ *Volume normalizado*", posts[1].Text);
    }

    [Theory]
    [InlineData("action_prohibited")]
    [InlineData("invalid_token")]
    [InlineData("no_service")]
    [InlineData("channel_is_archived")]
    public async Task That_Slack_refuses_have_failed_at_once_with_its_word(string word)
    {
        await using var notifier = await Start(Settings());
        notifier.Simulator.Slack.Refusals.Set("T00/B00", word);

        await notifier.Publish(Raised(_alert));
        await notifier.Until(_alert, "team raised: failed");

        Assert.EndsWith(word, (await notifier.Query<string>("select reason from notifier_deliveries"))[0]);
        Assert.Equal([1], await notifier.Query<int>("select attempts from notifier_deliveries"));
    }

    [Fact]
    public async Task Wait_as_long_as_Slack_asks_and_then_go_out_as_one_digest()
    {
        await using var notifier = await Start(Settings(("DigestOver", "2"), ("MessageBurst", "1")));
        var limited = notifier.Simulator.Faults.Add(Fault.TooMany(Hooks, TimeSpan.FromSeconds(3)));
        var alerts = Enumerable.Range(0, 5).Select(_ => Guid.NewGuid()).ToList();

        foreach (var alert in alerts)
            await notifier.Publish(Raised(alert));
        await notifier.Until(async () => await notifier.Query<long>("select count(*) from notifier_deliveries where state = 'waiting'") is [> 2],
            "they do not wait");
        limited.Dispose();
        foreach (var alert in alerts)
            await notifier.Until(alert, "team raised: sent");

        var posts = notifier.Simulator.Slack.Inbox.Posts;
        Assert.True(posts.Count < alerts.Count, $"{posts.Count} messages");
        Assert.Contains(posts, post => post.Text.Contains("*Resumo de "));
        var calls = notifier.Simulator.Received.Calls.Where(call => call.Route.StartsWith("/services", StringComparison.Ordinal)).ToList();
        Assert.True(calls[1].At - calls[0].At > TimeSpan.FromSeconds(2.5), $"{calls[1].At - calls[0].At}");
    }

    [Fact]
    public async Task Without_an_answer_may_have_come_and_wait_for_a_person_where_that_is_set()
    {
        await using var notifier = await Start(Settings(("Api:Patience:Timeout", "00:00:01"), ("WhenUncertain", "AskAPerson")));
        notifier.Simulator.Faults.Add(Fault.DoneThenHanging(Hooks));

        await notifier.Publish(Raised(_alert));
        await notifier.Until(_alert, "team raised: uncertain");

        Assert.Equal(["no answer within 1 s"], await notifier.Query<string>("select reason from notifier_deliveries"));
        Assert.Equal(1, notifier.Simulator.Slack.Inbox.Count);
    }

    [Fact]
    public async Task With_another_answer_than_ok_are_for_a_person_and_say_nothing_that_is_secret()
    {
        await using var notifier = await Start(Settings());
        notifier.Simulator.Faults.Add(Fault.Answering(Hooks, 200, $"done /services/T00/B00/{notifier.Simulator.Options.Slack.Secret}"));

        await notifier.Publish(Raised(_alert));
        await notifier.Until(_alert, "team raised: uncertain");

        var reason = (await notifier.Query<string>("select reason from notifier_deliveries"))[0];
        Assert.Equal("200 without the ok that Slack always says: done …", reason);
    }

    [Fact]
    public async Task Of_many_lines_are_sections_of_3000_characters_at_most()
    {
        await using var notifier = await Start(
            Settings(("RaisedText", string.Join("\\n", Enumerable.Repeat($"{new string('x', 900)} {{code}}", 10)))));

        await notifier.Publish(Raised(_alert));
        await notifier.Until(_alert, "team raised: sent");

        var sections = notifier.Simulator.Slack.Inbox.Posts[0].Body.GetProperty("blocks").EnumerateArray()
            .Select(block => block.GetProperty("text").GetProperty("text").GetString()!).ToList();
        Assert.All(sections, section => Assert.InRange(section.Length, 1, 3000));
        Assert.Equal(10, sections.Sum(section => section.Split('\n').Length));
    }

    [Fact]
    public async Task Of_a_bot_have_the_end_in_the_thread_of_the_raise_and_in_the_channel()
    {
        await using var notifier = await Start(Bot());

        await notifier.Publish(Raised(_alert));
        await notifier.Until(_alert, "team raised: sent");
        await notifier.Publish(Cleared(_alert));
        await notifier.Until(_alert, "team cleared: sent", "team raised: sent");

        var (raise, end) = (notifier.Simulator.Slack.Inbox.Posts[0], notifier.Simulator.Slack.Inbox.Posts[1]);
        Assert.Equal(("C0123", "C0123"), (raise.To, end.To));
        Assert.False(raise.Body.TryGetProperty("thread_ts", out _));
        Assert.Equal(await notifier.Query<string>("select receipt from notifier_deliveries where kind = 'raised'"),
            [end.Body.GetProperty("thread_ts").GetString()!]);
        Assert.True(end.Body.GetProperty("reply_broadcast").GetBoolean());
    }

    [Theory]
    [InlineData("not_in_channel", "failed")]
    [InlineData("invalid_auth", "failed")]
    [InlineData("internal_error", "pending")]
    public async Task Of_a_bot_that_are_refused_in_a_200_say_why(string word, string state)
    {
        await using var notifier = await Start(Bot());
        notifier.Simulator.Slack.Refusals.Set("C0123", word);

        await notifier.Publish(Raised(_alert));
        await notifier.Until(async () => (await notifier.Query<string>("select state || ' ' || coalesce(reason, '') from notifier_deliveries"))
            .Any(row => row.EndsWith($"Slack says {word}", StringComparison.Ordinal)
                && (row.StartsWith(state, StringComparison.Ordinal) || state == "pending")), "it is not said");
    }

    [Theory]
    [InlineData("Url", "Url is required, or Token and Channel")]
    [InlineData("Token", "Url and Token must not be set both")]
    public async Task With_wrong_settings_do_not_begin(string key, string line)
    {
        await using var notifier = await Start();
        Assert.StartsWith("Notifier__Receivers__0__Integrations__0__" + line,
            await VendorSettings.ErrorOf(Settings((key, key == "Url" ? "" : "xoxb-1"))(notifier.Simulator)));
    }

    static Func<SimulatorApp, (string Key, string Value)[]> Settings(params (string Key, string Value)[] others) => simulator =>
        VendorSettings.Of("team", "slack", [("Url", $"{simulator.Url}services/T00/B00/{simulator.Options.Slack.Secret}"), .. others]);

    static Func<SimulatorApp, (string Key, string Value)[]> Bot() => simulator => VendorSettings.Of("team", "slack",
        [("BaseUrl", $"{simulator.Url}api"), ("Token", simulator.Options.Slack.BotToken), ("Channel", "C0123")]);
}
