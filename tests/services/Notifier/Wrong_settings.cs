using Sigma.Hosting.Settings;

namespace Sigma.ServiceTests.Notifier;

public sealed class Wrong_settings
{
    [Theory]
    [InlineData("ChatPro:Token", "", "ChatPro__Token is required while Notifier__Channels__WhatsApp__Enabled is true")]
    [InlineData("ChatPro:BaseUrl", "chatpro", "ChatPro__BaseUrl is not an http or https address")]
    [InlineData("Notifier:TimeZone", "Mars/Olympus", "Notifier__TimeZone is not a time zone this system knows: Mars/Olympus")]
    [InlineData("Notifier:Channels:WhatsApp:RaisedText", "{acount}",
        "Notifier__Channels__WhatsApp__RaisedText names {acount}, which is not one of {account}")]
    [InlineData("Notifier:Channels:WhatsApp:ParallelCalls", "0", "Notifier__Channels__WhatsApp__ParallelCalls must be between 1 and 64")]
    [InlineData("Notifier:Deliveries:RetryTo", "00:00:00.01", "Notifier__Deliveries__RetryTo must not be shorter than RetryFrom")]
    [InlineData("Notifier:Deliveries:SweepEvery", "often", "Notifier__Deliveries__SweepEvery has a value that is not a duration (hh:mm:ss)")]
    [InlineData("Notifier:Routes:0:Name", "", "Notifier__Routes__0__Name is required")]
    [InlineData("Notifier:Routes:0:Matchers:0", "severity", "Notifier__Routes__0__Matchers__0 is not a matcher: write name=value")]
    [InlineData("Notifier:Routes:0:Matchers:0", "code=~(", "Notifier__Routes__0__Matchers__0 has no pattern that can be used")]
    [InlineData("Notifier:Routes:0:Hours:0", "weekdays", "Notifier__Routes__0__Hours__0 is not hours of the week: write mon-fri 08:00-18:00")]
    [InlineData("Notifier:Routes:0:Receiver", "nobody", "Notifier__Routes__0__Receiver is nobody, which is none of the receivers: default")]
    [InlineData("Notifier:Routes:0:Parent", "first", "Notifier__Routes__0__Parent is first, which is no route that stands before it")]
    [InlineData("Notifier:Routes:1:Name", "first", "Notifier__Routes__1__Name is first, which Notifier__Routes__0 has already")]
    [InlineData("Notifier:Channels:Whatsup:Enabled", "true", "unknown setting Whatsup (ChannelsOptions has none of that name)")]
    public async Task End_the_start_with_a_line_that_names_the_key(string key, string value, string line)
    {
        (string, string)[] route = key.StartsWith("Notifier:Routes", StringComparison.Ordinal) ? [("Notifier:Routes:0:Name", "first")] : [];
        var settings = route.Where(other => other.Item1 != key).Append((key, value)).ToArray();

        var exception = await Record.ExceptionAsync(async () => await (await NotifierSession.Start(settings)).DisposeAsync());

        Assert.NotNull(exception);
        Assert.StartsWith(line, SettingsError.From(exception) ?? exception.ToString());
    }

    [Theory]
    [InlineData("Type", "pigeon", "Notifier__Receivers__0__Integrations__0__Type is pigeon, which is none of whatsapp, segware-alarm-event")]
    [InlineData("Type", "", "Notifier__Receivers__0__Integrations__0__Type is required")]
    [InlineData("Name", "", "Notifier__Receivers__0__Integrations__0__Name is required")]
    [InlineData("Name", "a,b", "Notifier__Receivers__0__Integrations__0__Name must be letters, digits, '-', '_' and '.' alone")]
    [InlineData("Name", "SECOND", "Notifier__Receivers__1__Integrations__0__Name is second, which Notifier__Receivers__0__Integrations__0")]
    [InlineData("ChatPro:Recipient", "", "Notifier__Receivers__0__Integrations__0__ChatPro__Recipient is required while Enabled is true")]
    [InlineData("ChatPro:Token", "", "Notifier__Receivers__0__Integrations__0__ChatPro__Token is required while Enabled is true")]
    [InlineData("MessageBurst", "0", "Notifier__Receivers__0__Integrations__0__MessageBurst must be between 1 and 1000")]
    [InlineData("MessageEvery", "soon", "Notifier__Receivers__0__Integrations__0__MessageEvery has a value that is not a duration (hh:mm:ss)")]
    [InlineData("Pace", "1", "Notifier__Receivers__0__Integrations__0 has an unknown setting Pace (WhatsAppIntegrationOptions has none")]
    [InlineData("RaisedText", "{acount}", "Notifier__Receivers__0__Integrations__0__RaisedText names {acount}, which is not one of {account}")]
    [InlineData("../../Name", "", "Notifier__Receivers__0__Name is required")]
    [InlineData("../../Name", "other", "Notifier__Receivers__1__Name is other, which Notifier__Receivers__0 has already")]
    public async Task Of_a_receiver_end_the_start_with_a_line_that_names_the_key(string key, string value, string line)
    {
        const string First = "Notifier:Receivers:0:Integrations:0:", Second = "Notifier:Receivers:1:Integrations:0:";
        Dictionary<string, string> settings = new()
        {
            ["Notifier:Receivers:0:Name"] = "one", [First + "Name"] = "first", [First + "Type"] = "whatsapp", [First + "ChatPro:Recipient"] = "1",
            ["Notifier:Receivers:1:Name"] = "other", [Second + "Name"] = "second", [Second + "Type"] = "segware-alarm-event",
        };
        settings[key.StartsWith("../../", StringComparison.Ordinal) ? "Notifier:Receivers:0:" + key[6..] : First + key] = value;

        var exception = await Record.ExceptionAsync(async () =>
            await (await NotifierSession.Start([.. settings.Select(s => (s.Key, s.Value))])).DisposeAsync());

        Assert.NotNull(exception);
        Assert.StartsWith(line, SettingsError.From(exception) ?? exception.ToString());
    }

    [Fact]
    public async Task A_receiver_without_integrations_ends_the_start()
    {
        var exception = await Record.ExceptionAsync(() => NotifierSession.Start(("Notifier:Receivers:0:Name", "nobody")));

        Assert.StartsWith("Notifier__Receivers__0__Integrations is required: a receiver without", SettingsError.From(exception!));
    }
}
