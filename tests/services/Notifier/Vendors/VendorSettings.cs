using Sigma.Hosting.Settings;

namespace Sigma.ServiceTests.Notifier.Vendors;

/// <summary>A receiver with one integration.</summary>
internal static class VendorSettings
{
    public static string Key(string setting) => $"Notifier:Receivers:0:Integrations:0:{setting}";

    /// <summary>Of two settings with one key the last one counts.</summary>
    public static (string Key, string Value)[] Of(string name, string type, params IEnumerable<(string Key, string Value)> settings) =>
    [
        ("Notifier:Receivers:0:Name", "station"), (Key("Name"), name), (Key("Type"), type), (Key("MessageEvery"), "00:00:00.001"),
        (Key("Api:Patience:BreakAfter"), "1000"), .. settings.GroupBy(s => s.Key).Select(s => (Key(s.Key), s.Last().Value)),
    ];

    /// <summary>The line that a start with these ends with.</summary>
    public static async Task<string> ErrorOf((string Key, string Value)[] settings)
    {
        var last = settings.GroupBy(s => s.Key).Select(s => (s.Key, s.Last().Value)).ToArray();
        var exception = await Record.ExceptionAsync(async () => await (await NotifierSession.Start(last)).DisposeAsync());
        return exception is null ? "" : SettingsError.From(exception) ?? $"{exception}";
    }
}
