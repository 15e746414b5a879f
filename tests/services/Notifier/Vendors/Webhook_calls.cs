using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using static Sigma.ServiceTests.Notifier.NotifierSession;

namespace Sigma.ServiceTests.Notifier.Vendors;

public sealed class Webhook_calls
{
    const string New = "whsec_bmV3LWtleS1uZXcta2V5LW5ldy1rZXktbmV3LWtleSE=", Old = "whsec_b2xkLWtleS1vbGQta2V5LW9sZC1rZXktb2xkLWtleSE=";

    readonly Guid _alert = Guid.NewGuid();

    [Fact]
    public async Task Are_signed_with_every_key_over_the_bytes_that_are_sent_and_say_all_that_is_known()
    {
        await using var vendor = await VendorServer.Start();
        await using var notifier = await Start(Settings(vendor, ("Secrets:1", Old)));

        await notifier.Publish(Raised(_alert));
        await notifier.Until(_alert, "hook raised: sent");
        await notifier.Publish(Cleared(_alert));
        await notifier.Until(_alert, "hook cleared: sent", "hook raised: sent");

        Assert.All(vendor.Calls, call =>
        {
            Assert.Equal(("POST", "/hooks/secret-path?token=secret-query"), (call.Method, call.Path));
            Assert.StartsWith("application/json", call.Header("Content-Type"));
            Assert.InRange(DateTimeOffset.FromUnixTimeSeconds(long.Parse(call.Header("webhook-timestamp"))), call.At.AddMinutes(-1), call.At);
            Assert.Equal($"{Signature(call, New)} {Signature(call, Old)}", call.Header("webhook-signature"));
            Assert.Equal("", call.Header("traceparent"));
        });
        Assert.Equal(2, vendor.Calls.Select(call => call.Header("webhook-id")).Distinct().Count());
        var (raised, cleared) = (vendor.Calls[0].Json, vendor.Calls[1].Json);
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
        await using var vendor = await VendorServer.Start();
        await using var notifier = await Start(Settings(vendor));
        var alert = new Guid("3276c17c-b6de-4cef-9688-caf9a8edd8e9");

        await notifier.Publish(Raised(alert));
        await notifier.Until(alert, "hook raised: sent");

        var page = await File.ReadAllTextAsync(Path.Combine(Root(new DirectoryInfo(AppContext.BaseDirectory)), "docs", "channels.md"));
        var shown = page.Split("```json")[1].Split("```")[0];
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(shown), JsonNode.Parse(vendor.Calls[0].Text)), vendor.Calls[0].Text);
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
        var answered = 0;
        await using var vendor = await VendorServer.Start(_ => answered++ > 0 ? new(204)
            : status > 0 ? new(status, "no", ("Location", "/elsewhere")) : new(200) { After = TimeSpan.FromSeconds(5) });
        await using var notifier = await Start(Settings(vendor, ("Api:Patience:Timeout", "00:00:01"), ("WhenUncertain", "AskAPerson")));

        await notifier.Publish(Raised(_alert));
        await notifier.Until(_alert, "hook raised: sent");

        Assert.Equal(2, vendor.Calls.Count);
        Assert.Equal(vendor.Calls[0].Header("webhook-id"), vendor.Calls[1].Header("webhook-id"));
        Assert.All(vendor.Calls, call => Assert.StartsWith("/hooks/secret-path", call.Path)); // no redirect was followed
        Assert.All(vendor.Calls, call => Assert.Equal(Signature(call, New), call.Header("webhook-signature")));
    }

    [Fact]
    public async Task Wait_as_long_as_they_are_asked_to()
    {
        await using var vendor = await VendorServer.Start();
        vendor.Answers = _ => vendor.Calls.Count > 1 ? new(200) : new(429, "", ("Retry-After", "2"));
        await using var notifier = await Start(Settings(vendor));

        await notifier.Publish(Raised(_alert));
        await notifier.Until(_alert, "hook raised: sent");

        Assert.InRange(vendor.Calls[1].At - vendor.Calls[0].At, TimeSpan.FromSeconds(1.9), TimeSpan.FromSeconds(15));
    }

    [Fact]
    public async Task End_with_a_410_visibly_until_the_notifier_is_restarted()
    {
        await using var vendor = await VendorServer.Start(_ => new(410));
        await using var notifier = await Start(Settings(vendor));
        using var http = new HttpClient { BaseAddress = notifier.Url };
        Assert.Contains("\"webhook\":\"ok\"", await http.GetStringAsync("/health/ready"));

        await notifier.Publish(Raised(_alert));
        await notifier.Until(_alert, "hook raised: failed");
        var second = Guid.NewGuid();
        await notifier.Publish(Raised(second));
        await notifier.Until(second, "hook raised: failed");

        Assert.Single(vendor.Calls);
        const string Gone = "127.0.0.1 wants no more calls (410); the integration is disabled until the notifier is restarted";
        Assert.Equal([Gone, Gone], await notifier.Query<string>("select reason from notifier_deliveries"));
        Assert.Contains(Gone, await (await http.GetAsync("/health/ready")).Content.ReadAsStringAsync());

        vendor.Answers = _ => new(200);
        await notifier.Restart(Settings(vendor));
        var third = Guid.NewGuid();
        await notifier.Publish(Raised(third));
        await notifier.Until(third, "hook raised: sent");
    }

    [Fact]
    public async Task Do_not_reach_a_private_address_unless_a_setting_allows_it()
    {
        await using var vendor = await VendorServer.Start();
        await using var notifier =
            await Start(Settings(vendor, ("AllowPrivateAddresses", "false"), ("Url", vendor.Url.Replace("127.0.0.1", "localhost"))));

        await notifier.Publish(Raised(_alert));
        await notifier.Until(async () => (await notifier.Query<string>("select coalesce(reason, '') from notifier_deliveries"))
            .Any(reason => reason.Contains("localhost is at the private address")), "the reason is not there");

        Assert.Equal(["hook raised: pending"], await notifier.Deliveries(_alert));
        Assert.Empty(vendor.Calls);
    }

    [Fact]
    public async Task Say_of_a_failure_nothing_of_what_is_secret()
    {
        await using var vendor = await VendorServer.Start(call => new(500, $"no {call.Path} {call.Header("webhook-signature")}"));
        await using var notifier = await Start(Settings(vendor));

        await notifier.Publish(Raised(_alert));
        await notifier.Until(async () => (await notifier.Query<string>("select coalesce(reason, '') from notifier_deliveries"))
            .Any(reason => reason.StartsWith("500", StringComparison.Ordinal)), "the reason is not there");

        Assert.DoesNotContain("secret", (await notifier.Query<string>("select reason from notifier_deliveries"))[0]);
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
        await using var vendor = await VendorServer.Start();

        var error = await VendorSettings.ErrorOf([.. Settings(vendor).Where(s => value is not null || !s.Key.EndsWith(key, StringComparison.Ordinal)),
            .. value is null ? [] : new[] { (VendorSettings.Key(key), value) }]);

        Assert.StartsWith("Notifier__Receivers__0__Integrations__0__" + line, error);
    }

    static (string Key, string Value)[] Settings(VendorServer vendor, params (string Key, string Value)[] others) =>
        VendorSettings.Of("hook", "webhook", [("Url", $"{vendor.Url}/hooks/secret-path?token=secret-query"), ("Secrets:0", New),
            ("AllowPrivateAddresses", "true"), .. others]);

    static string Root(DirectoryInfo folder) =>
        File.Exists(Path.Combine(folder.FullName, "docker-compose.yml")) ? folder.FullName : Root(folder.Parent!);

    static string Signature(VendorCall call, string secret)
    {
        byte[] signed = [.. Encoding.UTF8.GetBytes($"{call.Header("webhook-id")}.{call.Header("webhook-timestamp")}."), .. call.Body];
        return "v1," + Convert.ToBase64String(HMACSHA256.HashData(Convert.FromBase64String(secret["whsec_".Length..]), signed));
    }
}
