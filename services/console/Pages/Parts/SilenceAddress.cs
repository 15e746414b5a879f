using Sigma.OperatorConsole.Alerts;
using Sigma.OperatorConsole.Silences;

namespace Sigma.OperatorConsole.Pages.Parts;

/// <summary>Where a silence is made for what an alert is about: its rule and its labels are filled in.</summary>
internal static class SilenceAddress
{
    public static string Of(AlertView alert) =>
        $"silences/new?{string.Join('&', SilenceMatchers.Of(alert).Select(matcher => $"matcher={Uri.EscapeDataString(matcher)}"))}";
}
