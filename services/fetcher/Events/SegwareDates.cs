using System.Globalization;

namespace Sigma.Fetcher.Events;

/// <summary>Dates as Segware reads them without doubt: UTC, milliseconds, <c>Z</c>.</summary>
internal static class SegwareDates
{
    public static string Write(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
}
