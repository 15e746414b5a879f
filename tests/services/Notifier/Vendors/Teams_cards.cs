using System.Text.Json;
using Sigma.Simulator;
using Sigma.Simulator.Faults;
using Sigma.Simulator.Segware;
using static Sigma.ServiceTests.Notifier.NotifierSession;

namespace Sigma.ServiceTests.Notifier.Vendors;

public sealed class Teams_cards
{
    const string Workflow = "/workflows/*";

    readonly Guid _alert = Guid.NewGuid();

    [Fact]
    public async Task Have_a_block_for_each_line_and_no_markup_of_others()
    {
        await using var notifier = await Start(Settings());
        notifier.Simulator.Segware.Accounts.Add(new Account(8, "0043", 3, 101, "Bar [aqui](https://example.org)"));

        await notifier.Publish(Raised(_alert, account: 8));
        await notifier.Until(_alert, "office raised: sent");
        await notifier.Publish(Cleared(_alert, account: 8));
        await notifier.Until(_alert, "office cleared: sent", "office raised: sent");

        var posts = notifier.Simulator.Teams.Inbox.Posts;
        var attachment = Assert.Single(posts[0].Body.GetProperty("attachments").EnumerateArray());
        Assert.Equal(JsonValueKind.Null, attachment.GetProperty("contentUrl").ValueKind);
        Assert.Equal(
        [
            "🚨 **Excesso de eventos**", "**0043** Bar [aqui]\u2060(https://example.org)", "Empresa: Vigília Sul Ltda", "Grupo: Varejo", "CUC: ALR",
            "Código: E130", "**20 eventos** (limite 20)", "De 20/11 16:00 até 20/11 18:00",
        ], attachment.GetProperty("content").GetProperty("body").EnumerateArray().Select(block => block.GetProperty("text").GetString()));
        Assert.Contains("Volume normalizado", posts[1].Text);
    }

    [Theory]
    [InlineData(202, "", "sent")]
    [InlineData(200, "1", "sent")]
    [InlineData(400, "Bad payload", "failed")]
    [InlineData(413, "Request Entity Too Large", "failed")]
    [InlineData(200, "Webhook message delivery failed with error: bad card", "uncertain")]
    public async Task Are_sent_or_not_as_the_answer_says(int status, string body, string state)
    {
        await using var notifier = await Start(Settings());
        notifier.Simulator.Faults.Add(Fault.Answering(Workflow, status, body, "text/plain"));

        await notifier.Publish(Raised(_alert));
        await notifier.Until(_alert, $"office raised: {state}");

        Assert.Equal([1], await notifier.Query<int>("select attempts from notifier_deliveries"));
    }

    [Theory]
    [InlineData("disabled", 400)]
    [InlineData("not_found", 404)]
    public async Task Of_a_workflow_that_is_not_there_have_failed(string why, int status)
    {
        await using var notifier = await Start(Settings());
        notifier.Simulator.Teams.Refusals.Set("42", why);

        await notifier.Publish(Raised(_alert));
        await notifier.Until(_alert, "office raised: failed");

        Assert.StartsWith($"{status} ", (await notifier.Query<string>("select reason from notifier_deliveries"))[0]);
    }

    [Theory]
    [InlineData(429, "")]
    [InlineData(200, "Webhook message delivery failed with error: Microsoft Teams endpoint returned HTTP error 429")]
    [InlineData(503, "no /workflows/42/triggers/manual/paths/invoke?sig=simulated-teams-signature")]
    public async Task Are_sent_later_when_Teams_is_busy(int status, string body)
    {
        await using var notifier = await Start(Settings());
        notifier.Simulator.Faults.Add(Fault.Answering(Workflow, status, body, "text/plain") with { Count = 1 });

        await notifier.Publish(Raised(_alert));
        await notifier.Until(_alert, "office raised: sent");

        Assert.Equal([2], await notifier.Query<int>("select attempts from notifier_deliveries"));
        Assert.Equal(1, notifier.Simulator.Teams.Inbox.Count);
    }

    [Fact]
    public async Task Of_a_full_digest_stay_within_28_KB()
    {
        await using var notifier = await Start(Settings(("DigestOver", "2"), ("MessageBurst", "1")));
        var down = notifier.Simulator.Faults.Add(Fault.WithStatus(Workflow, 503));
        for (var account = 0; account < 100; account++)
            notifier.Simulator.Segware.Accounts.Add(new Account(1000 + account, $"{account}", 3, 101, $"Padaria 🥖 São João {new string('é', 30)}"));
        var alerts = Enumerable.Range(0, 100).Select(_ => Guid.NewGuid()).ToList();

        for (var account = 0; account < 100; account++)
            await notifier.Publish(Raised(alerts[account], account: 1000 + account));
        await notifier.Until(async () => await notifier.Query<long>("select count(*) from notifier_deliveries where state = 'waiting'") is [> 95],
            "they do not wait");
        down.Dispose();
        await notifier.Until(async () => await notifier.Query<long>("select count(*) from notifier_deliveries where state = 'sent'") is [100],
            "not all are sent");

        // What is larger the simulator refuses.
        Assert.Contains(notifier.Simulator.Teams.Inbox.Posts, post => post.Body.GetRawText().Length > 5000);
    }

    [Theory]
    [InlineData("Url", "", "Url is required")]
    [InlineData("Digest:Length", "8000", "Digest__Length must be no more than 6000")]
    public async Task With_wrong_settings_do_not_begin(string key, string value, string line)
    {
        await using var notifier = await Start();
        Assert.StartsWith("Notifier__Receivers__0__Integrations__0__" + line,
            await VendorSettings.ErrorOf(Settings((key, value))(notifier.Simulator)));
    }

    static Func<SimulatorApp, (string Key, string Value)[]> Settings(params (string Key, string Value)[] others) => simulator =>
        VendorSettings.Of("office", "teams",
            [("Url", $"{simulator.Url}workflows/42/triggers/manual/paths/invoke?sig={simulator.Options.Teams.Signature}"), .. others]);
}
