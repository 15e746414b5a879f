using System.Globalization;
using System.Text.RegularExpressions;

namespace Sigma.OperatorConsole.Rules;

/// <summary>Durations as people write them: <c>2h</c>, <c>1d 12h</c>, <c>90 min</c>, and <c>02:00:00</c> as rules have them.</summary>
internal static partial class DurationText
{
    /// <summary>As rules have it; null when it is no duration. A number alone is none: nobody knows of what.</summary>
    public static string? Canonical(string text)
    {
        text = text.Trim();
        if (text.Contains(':') && TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var written))
            return Write(written);
        if (text.Length == 0 || Parts().Match(text) is not { Success: true } parts)
            return null;
        try
        {
            return Write(TimeSpan.FromDays(Of(1)) + TimeSpan.FromHours(Of(2)) + TimeSpan.FromMinutes(Of(3)) + TimeSpan.FromSeconds(Of(4)));
        }
        catch (OverflowException)
        {
            return null;
        }

        double Of(int group) => parts.Groups[group] is { Success: true } found ? double.Parse(found.Value, CultureInfo.InvariantCulture) : 0;
    }

    static string Write(TimeSpan span) => span.ToString("c", CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^(?:(\d{1,5})\s*d)?\s*(?:(\d{1,6})\s*h)?\s*(?:(\d{1,8})\s*m(?:in)?)?\s*(?:(\d{1,9})\s*s(?:eg?)?)?$", RegexOptions.IgnoreCase)]
    private static partial Regex Parts();
}
