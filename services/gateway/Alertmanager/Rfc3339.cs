using System.Globalization;

namespace Sigma.Gateway.Alertmanager;

/// <summary>Reads times with up to nine digits of a second, and any offset.</summary>
internal static class Rfc3339
{
    const int Digits = 7; // of a second, that a time has here

    /// <summary>In UTC.</summary>
    public static bool TryParse(string text, out DateTimeOffset time)
    {
        var point = text.IndexOf('.', StringComparison.Ordinal);
        if (point > 0)
        {
            var end = point + 1;
            while (end < text.Length && char.IsAsciiDigit(text[end]))
                end++;
            if (end - point - 1 > Digits)
                text = string.Concat(text.AsSpan(0, point + 1 + Digits), text.AsSpan(end));
        }
        return DateTimeOffset.TryParseExact(text, ["yyyy-MM-ddTHH:mm:ss.FFFFFFFK", "yyyy-MM-ddTHH:mm:ssK"], CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out time);
    }
}
