using System.Text.Json;
using System.Text.Json.Nodes;
using Sigma.Simulator;
using Sigma.Simulator.Faults;
using Sigma.Simulator.Webhooks;
using static Sigma.ServiceTests.Notifier.NotifierSession;

namespace Sigma.ServiceTests.Notifier.Vendors;

public sealed class Webhook_calls
{
    const string New = "whsec_bmV3LWtleS1uZXcta2V5LW5ldy1rZXktbmV3LWtleSE=", Old = WebhookOptions.DefaultKey, Hooks = "/webhooks/*";

    readonly Guid _alert = Guid.NewGuid();

    [Theory]
    [InlineData(New)]
    [InlineData(Old)]
    public async Task Are_signed_with_every_key_and_say_all_that_is_known(string known)
    {
        await using var notifier = await Start(Settings(("Secrets:0", New), ("Secrets:1", Old)));
        notifier.Simulator.Options.Webhooks.Keys = known; // the receiver's is either the new or the old one

        await notifier.Publish(Raised(_alert));
        await notifier.Until(_alert, "hook raised: sent");
        await notifier.Publish(Cleared(_alert));
        await notifier.Until(_alert, "hook cleared: sent", "hook raised: sent");

        Assert.Equal(2, notifier.Simulator.Webhooks.Inbox.Posts.Select(post => post.Key).Distinct().Count());
        Assert.StartsWith("application/json", notifier.Simulator.Webhooks.LastHeaders["Content-Type"]);
        Assert.DoesNotContain("traceparent", notifier.Simulator.Webhooks.LastHeaders.Keys);
        var (raised, cleared) = (Bodies(notifier)[0], Bodies(notifier)[1]);
        Assert.Equal(("alert.raised", "2026-11-20T21:00:30+00:00"),
            (raised.GetProperty("type").GetString(), raised.GetProperty("timestamp").GetString()));
        Assert.Equal(
            """
            {"id":"7","code":"0042","tradeName":"Padaria do Zé","company":"Vigília Sul Ltda","clientGroup":"Varejo"}
            """, raised.GetProperty("data").GetProperty("account").GetRawText());
        Assert.Equal("E130", raised.GetProperty("data").GetProperty("labels").GetProperty("code").GetString());
        Assert.Equal("Excesso de eventos: 0042 Padaria do Zé\nCUC ALR\ncódigo E130\n20 eventos (limite 20)",
            raised.GetProperty("data").GetProperty("text").GetString());
        Assert.False(raised.GetProperty("data").TryGetProperty("clearedAt", out _));
        Assert.Equal("alert.cleared", cleared.GetProperty("type").GetString());
        var data = cleared.GetProperty("data");
        Assert.Equal((_alert, 4, "volume-normal"),
            (data.GetProperty("alertId").GetGuid(), data.GetProperty("clearedCount").GetInt32(), data.GetProperty("clearedReason").GetString()));
    }

    [Fact]
    public async Task Have_the_body_that_the_documentation_shows()
    {
        await using var notifier = await Start(Settings());
        var alert = new Guid("3276c17c-b6de-4cef-9688-caf9a8edd8e9");

        await notifier.Publish(Raised(alert));
        await notifier.Until(alert, "hook raised: sent");

        var page = await File.ReadAllTextAsync(Path.Combine(Root(new DirectoryInfo(AppContext.BaseDirectory)), "docs", "channels.md"));
        var (shown, sent) = (page.Split("```json")[1].Split("```")[0], Bodies(notifier)[0].GetRawText());
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(shown), JsonNode.Parse(sent)), sent);
    }

    [Theory]
    [InlineData(500)]
    [InlineData(400)]
    [InlineData(403)]
    [InlineData(404)]
    [InlineData(302)]
    [InlineData(0)]
    public async Task That_fail_are_made_again_with_the_same_id_and_a_new_signature(int status)
    {
        await using var notifier = await Start(Settings(("Api:Patience:Timeout", "00:00:01"), ("WhenUncertain", "AskAPerson")));
        notifier.Simulator.Faults.Add((status == 0 ? Fault.DoneThenHanging(Hooks)
            : status == 302 ? Fault.Redirecting(Hooks, 302, "/webhooks/elsewhere") with { WorkIsDone = true }
            : Fault.Answering(Hooks, status) with { WorkIsDone = true }) with { Count = 1 });

        await notifier.Publish(Raised(_alert));
        await notifier.Until(_alert, "hook raised: sent");

        var posts = notifier.Simulator.Webhooks.Inbox.Posts; // the receiver knows the second by its id, and has checked both signatures
        Assert.Equal([("board", false), ("board", true)], posts.Select(post => (post.To, post.IsDuplicate)));
    }

    [Fact]
    public async Task Wait_as_long_as_they_are_asked_to()
    {
        await using var notifier = await Start(Settings());
        notifier.Simulator.Faults.Add(Fault.TooMany(Hooks, TimeSpan.FromSeconds(2)) with { Count = 1 });

        await notifier.Publish(Raised(_alert));
        await notifier.Until(_alert, "hook raised: sent");

        var calls = notifier.Simulator.Received.Calls.Where(call => call.Route.StartsWith("/webhooks", StringComparison.Ordinal)).ToList();
        Assert.InRange(calls[1].At - calls[0].At, TimeSpan.FromSeconds(1.9), TimeSpan.FromSeconds(15));
    }

    [Fact]
    public async Task End_with_a_410_visibly_until_the_notifier_is_restarted()
    {
        await using var notifier = await Start(Settings());
        notifier.Simulator.Webhooks.Refusals.Set("board", "gone");
        using var http = new HttpClient { BaseAddress = notifier.Url };
        Assert.Contains("\"webhook\":\"ok\"", await http.GetStringAsync("/health/ready"));

        await notifier.Publish(Raised(_alert));
        await notifier.Until(_alert, "hook raised: failed");
        var second = Guid.NewGuid();
        await notifier.Publish(Raised(second));
        await notifier.Until(second, "hook raised: failed");

        Assert.Equal(1, notifier.Simulator.Received.CallCounts["POST /webhooks/{endpoint}"]["410"]);
        const string Gone = "127.0.0.1 wants no more calls (410); the integration is disabled until the notifier is restarted";
        Assert.Equal([Gone, Gone], await notifier.Query<string>("select reason from notifier_deliveries"));
        Assert.Contains(Gone, await (await http.GetAsync("/health/ready")).Content.ReadAsStringAsync());

        notifier.Simulator.Webhooks.Refusals.Set("board", null);
        await notifier.Restart(Settings()(notifier.Simulator));
        var third = Guid.NewGuid();
        await notifier.Publish(Raised(third));
        await notifier.Until(third, "hook raised: sent");
    }

    [Fact]
    public async Task Do_not_reach_a_private_address_unless_a_setting_allows_it()
    {
        await using var notifier = await Start(simulator => [.. Settings(("AllowPrivateAddresses", "false"),
            ("Url", $"{simulator.Url}webhooks/board".Replace("127.0.0.1", "localhost")))(simulator)]);

        await notifier.Publish(Raised(_alert));
        await notifier.Until(async () => (await notifier.Query<string>("select coalesce(reason, '') from notifier_deliveries"))
            .Any(reason => reason.Contains("localhost is at the private address")), "the reason is not there");

        await notifier.Until(_alert, "hook raised: pending"); // it is tried again and again, so for a moment it may be "sending"
        Assert.Equal(0, notifier.Simulator.Webhooks.Inbox.Count);
    }

    [Fact]
    public async Task Say_of_a_failure_nothing_of_what_is_secret()
    {
        await using var notifier = await Start(Settings());
        notifier.Simulator.Faults.Add(Fault.Answering(Hooks, 500, $"no /webhooks/board?token=secret-query {Old}"));

        await notifier.Publish(Raised(_alert));
        await notifier.Until(async () => (await notifier.Query<string>("select coalesce(reason, '') from notifier_deliveries"))
            .Any(reason => reason.StartsWith("500", StringComparison.Ordinal)), "the reason is not there");

        var said = (await notifier.Query<string>("select reason from notifier_deliveries"))[0];
        Assert.DoesNotContain("secret-query", said);
        Assert.DoesNotContain(Old, said);
    }

    [Theory]
    [InlineData("Url", "", "Url is required")]
    [InlineData("Url", "http://hooks.example.org/",
        "Url is an http address of another machine, so the token would travel in clear: use https, or set Api__AllowPlainHttp beside it")]
    [InlineData("Secrets:0", "", "Secrets__0 is not whsec_ and 24 to 64 bytes in base64")]
    [InlineData("Secrets:0", "whsec_c2hvcnQ=", "Secrets__0 is not whsec_ and 24 to 64 bytes in base64")]
    [InlineData("Secrets:0", null, "Secrets__0 is required: calls are signed")]
    public async Task With_wrong_settings_do_not_begin(string key, string? value, string line)
    {
        await using var notifier = await Start();

        var error = await VendorSettings.ErrorOf(
        [
            .. Settings()(notifier.Simulator).Where(s => value is not null || !s.Key.EndsWith(key, StringComparison.Ordinal)),
            .. value is null ? [] : new[] { (VendorSettings.Key(key), value) },
        ]);

        Assert.StartsWith("Notifier__Receivers__0__Integrations__0__" + line, error);
    }

    static List<JsonElement> Bodies(NotifierSession notifier) => [.. notifier.Simulator.Webhooks.Inbox.Posts.Select(post => post.Body)];

    static Func<SimulatorApp, (string Key, string Value)[]> Settings(params (string Key, string Value)[] others) => simulator =>
        VendorSettings.Of("hook", "webhook", [("Url", $"{simulator.Url}webhooks/board?token=secret-query"), ("Secrets:0", Old),
            ("AllowPrivateAddresses", "true"), .. others]);

    static string Root(DirectoryInfo folder) =>
        File.Exists(Path.Combine(folder.FullName, "docker-compose.yml")) ? folder.FullName : Root(folder.Parent!);
}
