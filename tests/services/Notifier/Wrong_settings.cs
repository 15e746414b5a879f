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
    [InlineData("Notifier:Channels:Whatsup:Enabled", "true", "unknown setting Whatsup (ChannelsOptions has none of that name)")]
    public async Task End_the_start_with_a_line_that_names_the_key(string key, string value, string line)
    {
        var exception = await Record.ExceptionAsync(async () => await (await NotifierSession.Start((key, value))).DisposeAsync());

        Assert.NotNull(exception);
        Assert.StartsWith(line, SettingsError.From(exception) ?? exception.ToString());
    }
}
