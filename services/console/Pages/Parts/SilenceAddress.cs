using System.Text;
using Sigma.OperatorConsole.Alerts;

namespace Sigma.OperatorConsole.Pages.Parts;

/// <summary>Where a silence is made for what an alert is about: its rule and its labels are filled in.</summary>
internal static class SilenceAddress
{
    public static string Of(AlertView alert)
    {
        StringBuilder address = new("silences/new");
        Add(address, "rule", alert.Rule, '?');
        foreach (var (name, value) in alert.Labels.OrderBy(label => label.Key, StringComparer.Ordinal))
            Add(address, name, value, '&');
        return address.ToString();
    }

    static void Add(StringBuilder address, string name, string value, char before) =>
        address.Append(before).Append("matcher=").Append(Uri.EscapeDataString($"{name}=\"{value}\""));
}
