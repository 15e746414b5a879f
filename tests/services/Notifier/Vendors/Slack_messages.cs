using Sigma.Simulator.Segware;
using static Sigma.ServiceTests.Notifier.NotifierSession;

namespace Sigma.ServiceTests.Notifier.Vendors;

public sealed class Slack_messages
{
    readonly Guid _alert = Guid.NewGuid();

    [Fact]
    public async Task Are_text_and_sections_whose_values_cannot_be_markup()
    {
        await using var vendor = await VendorServer.Start(Slack);
        await using var notifier = await Start(Settings(vendor));
        notifier.Simulator.Segware.Accounts.Add(new Account(8, "0043", 3, 101, "Bar & <!channel> *Zé*"));

        await notifier.Publish(Raised(_alert, account: 8));
        await notifier.Until(_alert, "team raised: sent");
        await notifier.Publish(Cleared(_alert, account: 8));
        await notifier.Until(_alert, "team cleared: sent", "team raised: sent");

        const string Text =
            """
            🚨 *Excesso de eventos*
            *0043* Bar &amp; &lt;!channel&gt; ∗Zé∗
            Empresa: Vigília Sul Ltda
            Grupo: Varejo
            CUC: ALR
            Código: E130
            *20 eventos* (limite 20)
            De 20/11 16:00 até 20/11 18:00
            """;
        var raised = vendor.Calls[0].Json;
        Assert.Equal("/services/T00/B00/secret", vendor.Calls[0].Path);
        Assert.Equal(Text, raised.GetProperty("text").GetString());
        var section = Assert.Single(raised.GetProperty("blocks").EnumerateArray());
        Assert.Equal(("section", "mrkdwn", Text), (section.GetProperty("type").GetString(),
            section.GetProperty("text").GetProperty("type").GetString(), section.GetProperty("text").GetProperty("text").GetString()));
        Assert.StartsWith("✅ *Volume normalizado*", vendor.Calls[1].Json.GetProperty("text").GetString());
    }

    [Theory]
    [InlineData(400, "invalid_payload")]
    [InlineData(403, "invalid_token")]
    [InlineData(404, "no_service")]
    [InlineData(410, "channel_is_archived")]
    public async Task That_Slack_refuses_have_failed_at_once_with_its_word(int status, string word)
    {
        await using var vendor = await VendorServer.Start(_ => new(status, word));
        await using var notifier = await Start(Settings(vendor));

        await notifier.Publish(Raised(_alert));
        await notifier.Until(_alert, "team raised: failed");

        Assert.Single(vendor.Calls);
        Assert.EndsWith(word, (await notifier.Query<string>("select reason from notifier_deliveries"))[0]);
    }

    [Fact]
    public async Task Wait_as_long_as_Slack_asks_and_then_go_out_as_one_digest()
    {
        await using var vendor = await VendorServer.Start(Slack);
        await using var notifier = await Start(Settings(vendor, ("DigestOver", "2"), ("MessageBurst", "1")));
        var limited = true;
        vendor.Answers = call => limited ? new(429, "", ("Retry-After", "3")) : Slack(call);
        var alerts = Enumerable.Range(0, 5).Select(_ => Guid.NewGuid()).ToList();

        foreach (var alert in alerts)
            await notifier.Publish(Raised(alert));
        await notifier.Until(async () => await notifier.Query<long>("select count(*) from notifier_deliveries where state = 'waiting'") is [> 2],
            "they do not wait");
        limited = false;
        foreach (var alert in alerts)
            await notifier.Until(alert, "team raised: sent");

        var calls = vendor.Calls;
        Assert.True(calls.Count < alerts.Count, $"{calls.Count} calls");
        Assert.Contains(calls, call => call.Text.Contains("*Resumo de "));
        Assert.True(calls[1].At - calls[0].At > TimeSpan.FromSeconds(2.5), $"{calls[1].At - calls[0].At}");
    }

    [Fact]
    public async Task Without_an_answer_may_have_come_and_wait_for_a_person_where_that_is_set()
    {
        await using var vendor = await VendorServer.Start(_ => new(200, "ok") { After = TimeSpan.FromSeconds(5) });
        await using var notifier = await Start(Settings(vendor, ("Api:Patience:Timeout", "00:00:01"), ("WhenUncertain", "AskAPerson")));

        await notifier.Publish(Raised(_alert));
        await notifier.Until(_alert, "team raised: uncertain");

        Assert.Equal(["no answer within 1 s"], await notifier.Query<string>("select reason from notifier_deliveries"));
    }

    [Fact]
    public async Task With_another_answer_than_ok_are_for_a_person_and_say_nothing_that_is_secret()
    {
        await using var vendor = await VendorServer.Start(call => new(200, $"done {call.Path}"));
        await using var notifier = await Start(Settings(vendor));

        await notifier.Publish(Raised(_alert));
        await notifier.Until(_alert, "team raised: uncertain");

        var reason = (await notifier.Query<string>("select reason from notifier_deliveries"))[0];
        Assert.Equal("200 without the ok that Slack always says: done …", reason);
    }

    [Fact]
    public async Task Of_many_lines_are_sections_of_3000_characters_at_most()
    {
        await using var vendor = await VendorServer.Start(Slack);
        await using var notifier =
            await Start(Settings(vendor, ("RaisedText", string.Join("\\n", Enumerable.Repeat($"{new string('x', 900)} {{code}}", 10)))));

        await notifier.Publish(Raised(_alert));
        await notifier.Until(_alert, "team raised: sent");

        var sections = vendor.Calls[0].Json.GetProperty("blocks").EnumerateArray()
            .Select(block => block.GetProperty("text").GetProperty("text").GetString()!).ToList();
        Assert.All(sections, section => Assert.InRange(section.Length, 1, 3000));
        Assert.Equal(10, sections.Sum(section => section.Split('\n').Length));
    }

    /// <summary>As strict as Slack: the text is always there, a section is no longer than it may be.</summary>
    static VendorAnswer Slack(VendorCall call)
    {
        if (!call.Json.TryGetProperty("text", out var text) || text.GetString() is not { Length: > 0 })
            return new(400, "no_text");
        var blocks = call.Json.GetProperty("blocks").EnumerateArray().ToList();
        return blocks.Count <= 50 && blocks.TrueForAll(block => block.GetProperty("text").GetProperty("text").GetString() is { Length: <= 3000 })
            ? new(200, "ok") : new(400, "invalid_blocks");
    }

    static (string Key, string Value)[] Settings(VendorServer vendor, params (string Key, string Value)[] others) =>
        VendorSettings.Of("team", "slack", [("Url", $"{vendor.Url}/services/T00/B00/secret"), .. others]);
}
