using Sigma.Simulator;
using Sigma.Simulator.Faults;
using Sigma.Simulator.Segware;
using static Sigma.ServiceTests.Notifier.NotifierSession;

namespace Sigma.ServiceTests.Notifier.Vendors;

public sealed class Telegram_messages
{
    const string Chat = "-100200300", Sending = "*/sendMessage";

    readonly Guid _alert = Guid.NewGuid();

    [Fact]
    public async Task Are_HTML_whose_values_cannot_be_markup()
    {
        await using var notifier = await Start(Settings());
        notifier.Simulator.Segware.Accounts.Add(new Account(8, "0043", 3, 101, "Bar & <b>Zé</b> *1*"));

        await notifier.Publish(Raised(_alert, account: 8));
        await notifier.Until(_alert, "bot raised: sent");

        var post = Assert.Single(notifier.Simulator.Telegram.Inbox.Posts);
        Assert.Equal((Chat, "HTML"), (post.To, post.Body.GetProperty("parse_mode").GetString()));
        Assert.Equal(
            """
            🚨 <b>Excesso de eventos</b>
            <b>0043</b> Bar &amp; &lt;b&gt;Zé&lt;/b&gt; *1*
            Empresa: Vigília Sul Ltda
            Grupo: Varejo
            CUC: ALR
            Código: E130
            <b>20 eventos</b> (limite 20)
            De 20/11 16:00 até 20/11 18:00
            """.ReplaceLineEndings("\n"), post.Text);
        Assert.Matches("^[0-9]+$", (await notifier.Query<string>("select receipt from notifier_deliveries"))[0]);
    }

    [Fact]
    public async Task Of_an_end_answer_the_raise_also_where_that_is_gone()
    {
        await using var notifier = await Start(Settings());
        var other = Guid.NewGuid();
        foreach (var alert in (Guid[])[_alert, other])
        {
            await notifier.Publish(Raised(alert));
            await notifier.Until(alert, "bot raised: sent");
        }
        await notifier.Execute("update notifier_deliveries set receipt = '999999' where receipt = (select max(receipt) from notifier_deliveries)");

        foreach (var alert in (Guid[])[_alert, other])
        {
            await notifier.Publish(Cleared(alert));
            await notifier.Until(alert, "bot cleared: sent", "bot raised: sent");
        }

        Assert.Equal(await notifier.Query<string>("select receipt from notifier_deliveries where kind = 'raised' order by created_at"),
            notifier.Simulator.Telegram.Inbox.Posts.TakeLast(2)
                .Select(post => $"{post.Body.GetProperty("reply_parameters").GetProperty("message_id").GetInt64()}"));
    }

    [Fact]
    public async Task Whose_markup_Telegram_cannot_read_go_out_plain()
    {
        await using var notifier = await Start(Settings());
        notifier.Simulator.Faults.Add(Fault.Answering(Sending, 400,
            """{"ok":false,"error_code":400,"description":"Bad Request: can't parse entities: unsupported start tag"}""") with { Count = 1 });

        await notifier.Publish(Raised(_alert));
        await notifier.Until(_alert, "bot raised: sent");

        var post = Assert.Single(notifier.Simulator.Telegram.Inbox.Posts);
        Assert.False(post.Body.TryGetProperty("parse_mode", out _));
        Assert.StartsWith("🚨 Excesso de eventos\n0042 Padaria do Zé", post.Text);
    }

    [Fact]
    public async Task Follow_a_group_that_became_a_supergroup()
    {
        await using var notifier = await Start(Settings());
        notifier.Simulator.Telegram.Refusals.Set(Chat, "migrated");

        await notifier.Publish(Raised(_alert));
        await notifier.Until(_alert, "bot raised: sent");
        var second = Guid.NewGuid();
        await notifier.Publish(Raised(second));
        await notifier.Until(second, "bot raised: sent");

        var supergroup = $"{Sigma.Simulator.Telegram.TelegramBot.SupergroupOf(long.Parse(Chat))}";
        Assert.Equal([supergroup, supergroup], notifier.Simulator.Telegram.Inbox.Posts.Select(post => post.To));
        Assert.Equal([1, 1], await notifier.Query<int>("select attempts from notifier_deliveries"));
    }

    [Fact]
    public async Task Wait_as_long_as_Telegram_asks_in_its_answer()
    {
        await using var notifier = await Start(Settings());
        notifier.Simulator.Faults.Add(Fault.Answering(Sending, 429,
            """{"ok":false,"error_code":429,"description":"Too Many Requests: retry after 2","parameters":{"retry_after":2}}""") with { Count = 1 });

        await notifier.Publish(Raised(_alert));
        await notifier.Until(_alert, "bot raised: sent");

        var calls = notifier.Simulator.Received.Calls.Where(call => call.Route.EndsWith("sendMessage", StringComparison.Ordinal)).ToList();
        Assert.InRange(calls[1].At - calls[0].At, TimeSpan.FromSeconds(1.9), TimeSpan.FromSeconds(15));
    }

    [Theory]
    [InlineData(400, "Bad Request: chat not found", "failed")]
    [InlineData(401, "Unauthorized", "pending")]
    [InlineData(403, "Forbidden: bot was kicked from the group chat", "pending")]
    [InlineData(404, "Not Found", "pending")]
    public async Task That_Telegram_refuses_say_why_and_nothing_of_the_token(int status, string description, string state)
    {
        await using var notifier = await Start(Settings());
        var token = notifier.Simulator.Options.Telegram.Token;
        notifier.Simulator.Faults.Add(Fault.Answering(Sending, status,
            $$"""{"ok":false,"error_code":{{status}},"description":"{{description}}","at":"/bot{{token}}/sendMessage"}"""));

        await notifier.Publish(Raised(_alert));
        await notifier.Until(async () => (await notifier.Query<string>("select state || ' ' || coalesce(reason, '') from notifier_deliveries"))
            .Any(row => row.Contains(description) && (row.StartsWith(state, StringComparison.Ordinal) || state == "pending")), "it is not said");

        Assert.DoesNotContain(token, (await notifier.Query<string>("select reason from notifier_deliveries"))[0]);
    }

    [Theory]
    [InlineData("Token", "", "Token is required")]
    [InlineData("Token", "bot token", "Token must be a number, a colon")]
    [InlineData("ChatId", "", "ChatId is required")]
    [InlineData("ChatId", "Zé", "ChatId must be a chat's number or a channel's @name")]
    [InlineData("Digest:Length", "5000", "Digest__Length must be no more than 4096")]
    public async Task With_wrong_settings_do_not_begin(string key, string value, string line)
    {
        await using var notifier = await Start();
        Assert.StartsWith("Notifier__Receivers__0__Integrations__0__" + line,
            await VendorSettings.ErrorOf(Settings((key, value))(notifier.Simulator)));
    }

    static Func<SimulatorApp, (string Key, string Value)[]> Settings(params (string Key, string Value)[] others) => simulator =>
        VendorSettings.Of("bot", "telegram",
            [("BaseUrl", $"{simulator.Url}"), ("Token", simulator.Options.Telegram.Token), ("ChatId", Chat), .. others]);
}
