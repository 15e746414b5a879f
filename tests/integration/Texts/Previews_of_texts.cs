using Sigma.IntegrationTests.Poison;
using Sigma.Notifier.Channels;
using Sigma.Notifier.Queries;

namespace Sigma.IntegrationTests.Texts;

public sealed class Previews_of_texts
{
    [Fact]
    public async Task Show_what_the_vendor_gets_in_the_language_that_is_asked_for()
    {
        using Shell shell = new([]);

        var (exitCode, texts) = await shell.Json("texts", "preview", "--channel", "telegram", "--language", "en");

        Assert.Equal(0, exitCode);
        Assert.Equal(["raised", "cleared", "raised and cleared", "cleared, its rule changed", "raised and cleared, its rule changed", "digest"],
            texts.Select(text => text.GetProperty("says").GetString()));
        Assert.Equal(
            """
            🚨 <b>Too many events</b>
            <b>0042</b> Padaria do Zé
            Company: Vigília Sul Ltda
            Group: Varejo
            CUC: ALR
            Code: E130
            <b>25 events</b> (limit 20)
            From 20 Nov 16:00 to 20 Nov 18:00
            """.ReplaceLineEndings("\n"), texts[0].GetProperty("text").GetString());
    }

    [Fact]
    public async Task Show_an_integration_as_it_is_set_up_and_say_what_there_is()
    {
        using Shell shell = new(new Dictionary<string, string?>
        {
            ["Notifier:Receivers:0:Name"] = "station", ["Notifier:Receivers:0:Integrations:0:Name"] = "pager",
            ["Notifier:Receivers:0:Integrations:0:Type"] = "pagerduty",
            ["Notifier:Receivers:0:Integrations:0:RoutingKey"] = "0123456789abcdef0123456789abcdef",
            ["Notifier:Receivers:0:Integrations:0:RaisedText"] = "{accountCode}: {count}",
        });

        Assert.StartsWith("-- raised\n0042: 25\n\n-- cleared\n-\n",
            (await shell.Sigma("texts", "preview", "--channel", "pager")).Output.ReplaceLineEndings("\n"));
        var unknown = await shell.Sigma("texts", "preview", "--channel", "nobody");
        Assert.Equal(2, unknown.ExitCode);
        Assert.StartsWith("There is no channel nobody: pager, whatsapp, ", unknown.Error);
        Assert.Equal(2, (await shell.Sigma("texts", "preview", "--kind", "weather")).ExitCode);
    }

    [Fact]
    public async Task Are_there_for_every_type_and_kind_and_name_what_the_alert_is_about()
    {
        using Shell shell = new([]);
        foreach (var channel in ChannelTypes.Names)
            foreach (var (kind, about) in new[]
                { ("count", "E130"), ("threshold", "97.2 %"), ("absence", "agent web-1"), ("external", "HighLatency") })
            {
                var (exitCode, texts) = await shell.Json("texts", "preview", "--channel", channel, "--kind", kind);
                Assert.Equal(0, exitCode);
                Assert.Contains(about, texts.First(text => text.GetProperty("says").GetString() == "raised").GetProperty("text").GetString());
            }
    }
}
