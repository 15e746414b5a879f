using Sigma.Hosting.Settings;

namespace Sigma.UnitTests.Hosting;

/// <summary>Also those of somebody's plug-in, whose names nobody here knows.</summary>
public sealed class Settings_that_are_shown
{
    [Theory]
    [InlineData("Probes:Checks:0:Parameters:Database", "server=db;user=x;Password=y"), InlineData("Plugin:Door", "api_key: abc"),
        InlineData("Plugin:Target", "amqp://guest:guest@broker/"), InlineData("Plugin:Header", "Basic Zm9vOmJhcg=="),
        InlineData("Webhook:Headers:X-Anything", "abc"), InlineData("Plugin:Passphrase", "abc")]
    public void Are_masked_by_what_they_say_where_their_name_says_nothing(string path, string value) =>
        Assert.Equal(new Setting(path, SecretNames.Masked, true, true), Setting.Of(path, value, isSet: true));

    [Theory]
    [InlineData("Console:TimeZone", "America/Sao_Paulo"), InlineData("Evaluator:Rules:0:Summary", "Token of a panel is lost"),
        InlineData("Console:Evaluator", "http://evaluator:8080")]
    public void Are_shown_where_they_are_no_secret(string path, string value) =>
        Assert.Equal(new Setting(path, value, true, false), Setting.Of(path, value, isSet: true));

    [Theory]
    [InlineData("Notifier:Receivers:0:Integrations:0:Url", "https://hooks.example.org/T01/B02/abc?code=x", "https://hooks.example.org/…"),
        InlineData("ChatPro:Recipient", "120363041234567890@g.us", "120…"), InlineData("Gateway:Replies:ChatProNumbers", "+5511987654321", "+55…"),
        InlineData("Twilio:To", "+55", SecretNames.Masked)]
    public void Say_of_addresses_the_host_and_of_people_the_beginning(string path, string value, string shown) =>
        Assert.Equal(shown, Setting.Of(path, value, isSet: true).Value);
}
