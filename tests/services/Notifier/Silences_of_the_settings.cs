using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Sigma.Hosting.Settings;
using Sigma.Notifier.Queries;
using static Sigma.ServiceTests.Notifier.NotifierSession;

namespace Sigma.ServiceTests.Notifier;

public sealed class Silences_of_the_settings
{
    readonly Guid _alert = Guid.NewGuid();
    readonly ShiftedClock _clock = new();

    [Fact]
    public async Task Hold_as_those_of_people_do_and_are_shown_beside_them_and_ended_by_nobody()
    {
        var end = _clock.GetUtcNow().AddHours(2);
        await using var notifier = await Start(_clock, [.. Silence(("Until", $"{end:yyyy-MM-ddTHH:mm:ssZ}")),
            ("Notifier:Maintenance:0:Name", "backup"), ("Notifier:Maintenance:0:Matchers:0", "source=probes"),
            ("Notifier:Maintenance:0:Hours:0", "sun 02:00-06:00"), ("Notifier:Channels:SegwareAlarmEvent:Enabled", "false")]);
        await notifier.Publish(Raised(_alert));
        await notifier.Until(_alert, "whatsapp raised: held");
        Assert.EndsWith(" by the settings: the shop is closed", (await notifier.Query<string>("select reason from notifier_deliveries")).Single());

        SilenceCommands silences = new(notifier.Database, _clock, notifier.Services.GetRequiredService<IConfiguration>());
        var made = await silences.Add(new(["account=8"], _clock.GetUtcNow(), _clock.GetUtcNow().AddHours(1), "Ana", "test"), default);
        var shown = await silences.All(alsoEnded: false, 10, default);
        Assert.Equal(["christmas", null], shown.Select(silence => silence.Setting));
        Assert.Equal((null, end.ToUnixTimeSeconds()), (shown[0].From, shown[0].Until.ToUnixTimeSeconds()));
        Assert.NotNull(shown[1].From);
        Assert.Equal(("christmas", null), (silences.SettingOf(shown[0].Id), silences.SettingOf(made)));
        Assert.False(await silences.End(shown[0].Id, "Ana", default));
        Assert.Equal([("backup", true)], (await silences.Windows(default)).Select(window => (window.Name, window.IsProvisioned)));

        _clock.Advance(TimeSpan.FromHours(2));
        await notifier.Until(_alert, "whatsapp raised: sent");
        Assert.Empty(await silences.All(alsoEnded: false, 10, default));
    }

    [Theory]
    [InlineData("Name", "", "Notifier__Silences__0__Name is required")]
    [InlineData("Until", "", "Notifier__Silences__0__Until is required")]
    [InlineData("Until", "tomorrow", "Notifier__Silences__0__Until is not a time with its offset: write 2026-12-24T18:00:00Z")]
    [InlineData("Until", "2026-12-26T06:00:00", "Notifier__Silences__0__Until is not a time with its offset")]
    [InlineData("From", "2026-12-27T06:00:00Z", "Notifier__Silences__0__Until must be after From")]
    [InlineData("Matchers:0", "code", "Notifier__Silences__0__Matchers__0 is not a matcher: write name=value")]
    [InlineData("Why", "", "Notifier__Silences__0__Why is required")]
    public async Task That_are_wrong_end_the_start_with_a_line_that_names_the_key(string key, string value, string line)
    {
        var exception = await Record.ExceptionAsync(async () => await (await Start(Silence((key, value)))).DisposeAsync());

        Assert.StartsWith(line, SettingsError.From(exception!) ?? $"{exception}");
    }

    static (string Key, string Value)[] Silence(params (string Key, string Value)[] others)
    {
        Dictionary<string, string> settings = new()
        {
            ["Name"] = "christmas", ["Matchers:0"] = "account=7", ["Until"] = "2026-12-26T06:00:00-03:00", ["Why"] = "the shop is closed",
        };
        foreach (var (key, value) in others)
            settings[key] = value;
        return [.. settings.Select(setting => ($"Notifier:Silences:0:{setting.Key}", setting.Value))];
    }
}
