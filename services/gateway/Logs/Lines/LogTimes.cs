using System.Buffers.Text;
using System.Globalization;

namespace Sigma.Gateway.Logs.Lines;

/// <summary>
/// Times as senders write them. A number's unit is known by its field, never by its size. Nothing, zero and the year 1 mean that there is none.
/// </summary>
internal static class LogTimes
{
    const decimal MostSeconds = 253_402_300_799; // the end of the year 9999

    /// <summary>Nanoseconds since 1970, as Loki and OpenTelemetry write them.</summary>
    public static DateTimeOffset? FromNanoseconds(ulong nanoseconds) =>
        nanoseconds is 0 or > long.MaxValue ? null : DateTimeOffset.UnixEpoch.AddTicks((long)(nanoseconds / TimeSpan.NanosecondsPerTick));

    /// <summary>Seconds since 1970 with a fraction.</summary>
    public static DateTimeOffset? FromSeconds(decimal seconds) =>
        seconds is <= 0 or > MostSeconds ? null : DateTimeOffset.UnixEpoch.AddTicks((long)(seconds * TimeSpan.TicksPerSecond));

    /// <summary>A whole number of microseconds in UTF-8.</summary>
    public static DateTimeOffset? FromMicroseconds(ReadOnlySpan<byte> number) =>
        Utf8Parser.TryParse(number, out long value, out var read) && read == number.Length ? FromSeconds(value / 1_000_000m) : null;

    /// <summary>A number in UTF-8, in seconds, or in milliseconds.</summary>
    public static DateTimeOffset? FromNumber(ReadOnlySpan<byte> number, bool milliseconds)
    {
        decimal value;
        if (Utf8Parser.TryParse(number, out decimal exact, out var read) && read == number.Length)
            value = exact;
        else if (Utf8Parser.TryParse(number, out double other, out read, 'e') && read == number.Length && Math.Abs(other) < 1e18)
            value = (decimal)other;
        else
            return null;
        return FromSeconds(milliseconds ? value / 1_000 : value);
    }

    /// <summary>A date and time as ISO 8601 and RFC 3339 write them; UTC where there is no zone.</summary>
    public static DateTimeOffset? FromText(ReadOnlySpan<char> text)
    {
        text = text.Trim();
        // Looked at before the framework's lenient parser would make a date of today of a mere "12:30".
        if (text.Length < 16 || !char.IsAsciiDigit(text[0]) || text[4] != '-' || text[7] != '-' || text[10] is not ('T' or 't' or ' '))
            return null;
        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal,
            out var time) && time.Year > 1 ? time : null;
    }
}
