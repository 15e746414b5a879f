using Sigma.OperatorConsole.Alerts;

namespace Sigma.OperatorConsole.Silences;

/// <summary>What a silence of one alert alone fits: its rule and all its labels, whatever they hold.</summary>
internal static class SilenceMatchers
{
    public static IReadOnlyList<string> Of(AlertView alert) =>
    [
        Equal("rule", alert.Rule),
        .. alert.Labels.OrderBy(label => label.Key, StringComparer.Ordinal).Select(label => Equal(label.Key, label.Value)),
    ];

    static string Equal(string name, string value) => $"{name}=\"{value}\"";
}
