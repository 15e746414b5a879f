using Sigma.Simulator.Segware;
using static Sigma.ServiceTests.Notifier.NotifierSession;

namespace Sigma.ServiceTests.Notifier.Vendors;

public sealed class Telegram_messages
{
    const string Token = "123456:secret-Token_1", Chat = "-100200300";

    readonly Guid _alert = Guid.NewGuid();

    [Fact]
    public async Task Are_HTML_whose_values_cannot_be_markup()
    {
        await using var vendor = await VendorServer.Start(Telegram);
        await using var notifier = await Start(Settings(vendor));
        notifier.Simulator.Segware.Accounts.Add(new Account(8, "0043", 3, 101, "Bar & <b>Zé</b> *1*"));

        await notifier.Publish(Raised(_alert, account: 8));
        await notifier.Until(_alert, "bot raised: sent");

        var call = Assert.Single(vendor.Calls);
        Assert.Equal(($"/bot{Token}/sendMessage", Chat, "HTML"),
            (call.Path, call.Json.GetProperty("chat_id").GetString(), call.Json.GetProperty("parse_mode").GetString()));
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
            """, call.Json.GetProperty("text").GetString());
        Assert.Equal(["77"], await notifier.Query<string>("select receipt from notifier_deliveries"));
    }

    [Fact]
    public async Task Whose_markup_Telegram_cannot_read_go_out_plain()
    {
        const string Refusal = """{"ok":false,"error_code":400,"description":"Bad Request: can't parse entities: unsupported start tag"}""";
        await using var vendor =
            await VendorServer.Start(call => call.Json.TryGetProperty("parse_mode", out _) ? new(400, Refusal) : Telegram(call));
        await using var notifier = await Start(Settings(vendor));

        await notifier.Publish(Raised(_alert));
        await notifier.Until(_alert, "bot raised: sent");

        Assert.StartsWith("🚨 Excesso de eventos\n0042 Padaria do Zé", vendor.Calls[1].Json.GetProperty("text").GetString());
    }

    [Fact]
    public async Task Follow_a_group_that_became_a_supergroup()
    {
        await using var vendor = await VendorServer.Start(call => call.Json.GetProperty("chat_id").GetString() == Chat
            ? new(400, $$$"""
                {"ok":false,"error_code":400,"description":"Bad Request: group chat was upgraded to a supergroup chat",
                 "parameters":{"migrate_to_chat_id":{{{Chat}}}4000}}
                """) : Telegram(call));
        await using var notifier = await Start(Settings(vendor));

        await notifier.Publish(Raised(_alert));
        await notifier.Until(_alert, "bot raised: sent");
        var second = Guid.NewGuid();
        await notifier.Publish(Raised(second));
        await notifier.Until(second, "bot raised: sent");

        Assert.Equal([Chat, Chat + "4000", Chat + "4000"], vendor.Calls.Select(call => call.Json.GetProperty("chat_id").GetString()));
    }

    [Fact]
    public async Task Wait_as_long_as_Telegram_asks_in_its_answer()
    {
        await using var vendor = await VendorServer.Start();
        vendor.Answers = call => vendor.Calls.Count > 1 ? Telegram(call)
            : new(429, """{"ok":false,"error_code":429,"description":"Too Many Requests: retry after 2","parameters":{"retry_after":2}}""");
        await using var notifier = await Start(Settings(vendor));

        await notifier.Publish(Raised(_alert));
        await notifier.Until(_alert, "bot raised: sent");

        Assert.InRange(vendor.Calls[1].At - vendor.Calls[0].At, TimeSpan.FromSeconds(1.9), TimeSpan.FromSeconds(15));
    }

    [Theory]
    [InlineData(400, "Bad Request: chat not found", "failed")]
    [InlineData(401, "Unauthorized", "pending")]
    [InlineData(403, "Forbidden: bot was kicked from the group chat", "pending")]
    [InlineData(404, "Not Found", "pending")]
    public async Task That_Telegram_refuses_say_why_and_nothing_of_the_token(int status, string description, string state)
    {
        await using var vendor = await VendorServer.Start(call =>
            new(status, $$"""{"ok":false,"error_code":{{status}},"description":"{{description}}","at":"{{call.Path}}"}"""));
        await using var notifier = await Start(Settings(vendor));

        await notifier.Publish(Raised(_alert));
        await notifier.Until(async () => (await notifier.Query<string>("select state || ' ' || coalesce(reason, '') from notifier_deliveries"))
            .Any(row => row.Contains(description) && (row.StartsWith(state, StringComparison.Ordinal) || state == "pending")), "it is not said");

        Assert.DoesNotContain("secret", (await notifier.Query<string>("select reason from notifier_deliveries"))[0]);
    }

    [Theory]
    [InlineData("Token", "", "Token is required")]
    [InlineData("Token", "bot token", "Token must be a number, a colon")]
    [InlineData("ChatId", "", "ChatId is required")]
    [InlineData("ChatId", "Zé", "ChatId must be a chat's number or a channel's @name")]
    [InlineData("Digest:Length", "5000", "Digest__Length must be no more than 4096")]
    public async Task With_wrong_settings_do_not_begin(string key, string value, string line)
    {
        await using var vendor = await VendorServer.Start();

        Assert.StartsWith("Notifier__Receivers__0__Integrations__0__" + line,
            await VendorSettings.ErrorOf([.. Settings(vendor), (VendorSettings.Key(key), value)]));
    }

    /// <summary>As strict as Telegram: no empty text, none that is too long.</summary>
    static VendorAnswer Telegram(VendorCall call) => call.Json.GetProperty("text").GetString() is { Length: > 0 and <= 4096 }
        ? new(200, """{"ok":true,"result":{"message_id":77,"chat":{"id":-1},"date":1}}""")
        : new(400, """{"ok":false,"error_code":400,"description":"Bad Request: message is too long"}""");

    static (string Key, string Value)[] Settings(VendorServer vendor, params (string Key, string Value)[] others) =>
        VendorSettings.Of("bot", "telegram", [("BaseUrl", vendor.Url), ("Token", Token), ("ChatId", Chat), .. others]);
}
