using Microsoft.Extensions.Localization;
using Sigma.OperatorConsole.Alerts;
using Sigma.OperatorConsole.Texts;

namespace Sigma.OperatorConsole.Pages.Parts;

/// <summary>The word and the colour of a severity; one that is not known is shown as it is.</summary>
internal static class SeverityText
{
    public static string Of(string severity, IStringLocalizer<PartsTexts> texts) =>
        IsMedium(severity) ? texts["SeverityMedium"]
            : Known(severity) is { } known ? texts[$"Severity{char.ToUpperInvariant(known[0])}{known[1..]}"] : severity;

    public static string ClassOf(string severity) => $"severity-{Known(severity) ?? "other"}";

    public static string EdgeOf(string severity) => $"edge-{Known(severity) ?? "other"}";

    static bool IsMedium(string severity) => string.Equals(SeverityOrder.Medium, severity, StringComparison.OrdinalIgnoreCase);

    static string? Known(string severity) => IsMedium(severity) ? SeverityOrder.Warning :
        SeverityOrder.Known.FirstOrDefault(known => string.Equals(known, severity, StringComparison.OrdinalIgnoreCase));
}
