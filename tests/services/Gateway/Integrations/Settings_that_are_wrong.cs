using Sigma.Hosting.Settings;

namespace Sigma.ServiceTests.Gateway.Integrations;

/// <summary>A wrong integration stops the start with a line that names the setting, and never the key.</summary>
public sealed class Settings_that_are_wrong
{
    [Theory]
    [InlineData("Kind", "telegraph", "Gateway__Integrations__0__Kind is none of")]
    [InlineData("Key", "", "Gateway__Integrations__0__Key is required")]
    [InlineData("Key", "short-secret", "Gateway__Integrations__0__Key has 12 characters")]
    [InlineData("Name", "My Shop", "Gateway__Integrations__0__Name")]
    [InlineData("DefaultSeverity", "awful", "Gateway__Integrations__0__DefaultSeverity is none of")]
    [InlineData("SeverityWords:ups", "awful", "Gateway__Integrations__0__SeverityWords__ups is awful")]
    [InlineData("Labels:TEAM", "ops", "Gateway__Integrations__0__Labels__TEAM is not a label")]
    [InlineData("CloseAfter", "00:00:01", "Gateway__Integrations__0__CloseAfter must be between")]
    [InlineData("Nonsense", "1", "unknown setting Nonsense")]
    public async Task Are_named(string setting, string value, string line)
    {
        var refused = await Assert.ThrowsAnyAsync<Exception>(() => GatewaySession.Start(($"Gateway:Integrations:0:{setting}", value)));
        var said = SettingsError.From(refused);
        Assert.Contains(line, said);
        Assert.DoesNotContain("short-secret", said);
    }

    [Theory, InlineData("Name", "shop"), InlineData("Key", GatewaySession.ShopKey)]
    public async Task Are_named_where_two_have_the_same(string setting, string value)
    {
        (string Key, string Value)[] other =
        [
            ("Gateway:Integrations:1:Name", "other"), ("Gateway:Integrations:1:Kind", "generic"),
            ("Gateway:Integrations:1:Key", "the-key-of-the-other"),
        ];
        other = [.. other.Select(one => one.Key.EndsWith($":{setting}", StringComparison.Ordinal) ? (one.Key, value) : one)];
        var refused = await Assert.ThrowsAnyAsync<Exception>(() => GatewaySession.Start(other));
        Assert.Contains($"Gateway__Integrations__1__{setting} is ", SettingsError.From(refused));
        Assert.DoesNotContain(GatewaySession.ShopKey, SettingsError.From(refused));
    }
}
