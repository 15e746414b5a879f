using System.Text.Json;
using Sigma.Simulator.Segware;
using static Sigma.ServiceTests.Notifier.NotifierSession;

namespace Sigma.ServiceTests.Notifier.Vendors;

public sealed class Teams_cards
{
    readonly Guid _alert = Guid.NewGuid();

    [Fact]
    public async Task Have_a_block_for_each_line_and_no_markup_of_others()
    {
        await using var vendor = await VendorServer.Start(Teams);
        await using var notifier = await Start(Settings(vendor));
        notifier.Simulator.Segware.Accounts.Add(new Account(8, "0043", 3, 101, "Bar [aqui](https://example.org)"));

        await notifier.Publish(Raised(_alert, account: 8));
        await notifier.Until(_alert, "office raised: sent");
        await notifier.Publish(Cleared(_alert, account: 8));
        await notifier.Until(_alert, "office cleared: sent", "office raised: sent");

        Assert.Equal("/workflows/42/triggers/manual?sig=secret-signature", vendor.Calls[0].Path);
        var attachment = Assert.Single(vendor.Calls[0].Json.GetProperty("attachments").EnumerateArray());
        Assert.Equal(JsonValueKind.Null, attachment.GetProperty("contentUrl").ValueKind);
        Assert.Equal(
        [
            "🚨 **Excesso de eventos**", "**0043** Bar [aqui]\u2060(https://example.org)", "Empresa: Vigília Sul Ltda", "Grupo: Varejo", "CUC: ALR",
            "Código: E130", "**20 eventos** (limite 20)", "De 20/11 16:00 até 20/11 18:00",
        ], attachment.GetProperty("content").GetProperty("body").EnumerateArray().Select(block => block.GetProperty("text").GetString()));
        Assert.Contains("Volume normalizado", vendor.Calls[1].Text);
    }

    [Theory]
    [InlineData(202, "", "sent")]
    [InlineData(200, "1", "sent")]
    [InlineData(400, "Bad payload", "failed")]
    [InlineData(413, "Request Entity Too Large", "failed")]
    [InlineData(200, "Webhook message delivery failed with error: bad card", "uncertain")]
    public async Task Are_sent_or_not_as_the_answer_says(int status, string body, string state)
    {
        await using var vendor = await VendorServer.Start(_ => new(status, body));
        await using var notifier = await Start(Settings(vendor));

        await notifier.Publish(Raised(_alert));
        await notifier.Until(_alert, $"office raised: {state}");

        Assert.Single(vendor.Calls);
    }

    [Theory]
    [InlineData(429, "")]
    [InlineData(200, "Webhook message delivery failed with error: Microsoft Teams endpoint returned HTTP error 429")]
    [InlineData(503, "no /workflows/42/triggers/manual?sig=secret-signature")]
    public async Task Are_sent_later_when_Teams_is_busy(int status, string body)
    {
        await using var vendor = await VendorServer.Start();
        vendor.Answers = call => vendor.Calls.Count > 1 ? Teams(call) : new(status, body);
        await using var notifier = await Start(Settings(vendor));

        await notifier.Publish(Raised(_alert));
        await notifier.Until(_alert, "office raised: sent");

        Assert.Equal(2, vendor.Calls.Count);
    }

    [Fact]
    public async Task Of_a_full_digest_stay_within_28_KB()
    {
        await using var vendor = await VendorServer.Start(Teams);
        var down = true;
        vendor.Answers = call => down ? new(503) : Teams(call);
        await using var notifier = await Start(Settings(vendor, ("DigestOver", "2"), ("MessageBurst", "1")));
        for (var account = 0; account < 100; account++)
            notifier.Simulator.Segware.Accounts.Add(new Account(1000 + account, $"{account}", 3, 101, $"Padaria 🥖 São João {new string('é', 30)}"));
        var alerts = Enumerable.Range(0, 100).Select(_ => Guid.NewGuid()).ToList();

        for (var account = 0; account < 100; account++)
            await notifier.Publish(Raised(alerts[account], account: 1000 + account));
        await notifier.Until(async () => await notifier.Query<long>("select count(*) from notifier_deliveries where state = 'waiting'") is [> 95],
            "they do not wait");
        down = false;
        await notifier.Until(async () => await notifier.Query<long>("select count(*) from notifier_deliveries where state = 'sent'") is [100],
            "not all are sent");

        Assert.Contains(vendor.Calls, call => call.Body.Length > 5000);
        Assert.All(vendor.Calls, call => Assert.InRange(call.Body.Length, 1, 28_000));
    }

    [Theory]
    [InlineData("Url", "", "Url is required")]
    [InlineData("Digest:Length", "8000", "Digest__Length must be no more than 6000")]
    public async Task With_wrong_settings_do_not_begin(string key, string value, string line)
    {
        await using var vendor = await VendorServer.Start();

        Assert.StartsWith("Notifier__Receivers__0__Integrations__0__" + line,
            await VendorSettings.ErrorOf([.. Settings(vendor), (VendorSettings.Key(key), value)]));
    }

    /// <summary>As strict as a workflow: a message with a card, and not too large.</summary>
    static VendorAnswer Teams(VendorCall call)
    {
        if (call.Body.Length > 28 * 1024)
            return new(413);
        var attachment = call.Json.GetProperty("attachments")[0];
        return call.Json.GetProperty("type").GetString() == "message"
            && attachment.GetProperty("contentType").GetString() == "application/vnd.microsoft.card.adaptive"
            && attachment.GetProperty("content").GetProperty("type").GetString() == "AdaptiveCard"
            && attachment.GetProperty("content").GetProperty("version").GetString() is "1.2" or "1.3" or "1.4" ? new(202) : new(400, "Bad payload");
    }

    static (string Key, string Value)[] Settings(VendorServer vendor, params (string Key, string Value)[] others) =>
        VendorSettings.Of("office", "teams", [("Url", $"{vendor.Url}/workflows/42/triggers/manual?sig=secret-signature"), .. others]);
}
