using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Sigma.Hosting.Settings;
using Sigma.Notifier.Accounts;
using Sigma.Notifier.Receivers;

namespace Sigma.ServiceTests.Notifier;

/// <summary>A notifier to which nobody has given a token of Segware's.</summary>
public sealed class Without_Segware
{
    [Fact]
    public async Task It_starts_asks_for_no_names_and_has_the_channel_to_Segware_off()
    {
        await using var session = await NotifierSession.Start(("Segware:BearerToken", ""));

        var channels = session.Services.GetRequiredService<ReceiverSettings>().Integrations
            .ToDictionary(one => one.Name, one => one.Settings.Enabled);
        Assert.Equal((true, false), (channels["whatsapp"], channels["segware-alarm-event"]));
        var names = session.Services.GetRequiredService<AccountLookup>();
        Dictionary<string, string> labels = new() { ["account"] = "7" };
        Assert.False(names.IsAboutOne("segware", labels));
        Assert.Null(await names.Find("segware", labels, CancellationToken.None));
        Assert.DoesNotContain(session.Simulator.Received.Calls, call => call.Path.StartsWith("/v5/accounts", StringComparison.Ordinal));
        using HttpClient http = new() { BaseAddress = session.Url };
        var ready = await http.GetFromJsonAsync<JsonElement>("/health/ready");
        Assert.Equal("ok, but it is not asked: Segware__BearerToken is not set", ready.GetProperty("checks").GetProperty("segware").GetString());
    }

    [Theory]
    [InlineData("Notifier:Channels:SegwareAlarmEvent:Enabled", "true",
        "Segware__BearerToken is required while Notifier__Channels__SegwareAlarmEvent__Enabled is true")]
    [InlineData("Notifier:Receivers:0:Integrations:0:Type", "segware-alarm-event",
        "Segware__BearerToken is required while Notifier__Receivers__0__Integrations__0__Enabled is true")]
    public async Task A_channel_to_Segware_that_is_wanted_stops_the_start_with_one_line(string key, string value, string line)
    {
        (string, string)[] receiver = key.Contains("Receivers", StringComparison.Ordinal)
            ? [("Notifier:Receivers:0:Name", "one"), ("Notifier:Receivers:0:Integrations:0:Name", "first")] : [];
        var failure = await Record.ExceptionAsync(async () =>
            await (await NotifierSession.Start([.. receiver, (key, value), ("Segware:BearerToken", "")])).DisposeAsync());

        Assert.Contains(line, SettingsError.From(failure!));
    }

    [Fact]
    public async Task With_WhatsApp_off_nothing_of_ChatPro_is_needed()
    {
        await using var session = await NotifierSession.Start(("Segware:BearerToken", ""), ("Notifier:Channels:WhatsApp:Enabled", "false"),
            ("ChatPro:InstanceId", ""), ("ChatPro:Recipient", ""), ("ChatPro:Token", ""));
        using HttpClient http = new() { BaseAddress = session.Url };
        using var ready = await http.GetAsync("/health/ready");
        Assert.True(ready.IsSuccessStatusCode, await ready.Content.ReadAsStringAsync());
    }
}
