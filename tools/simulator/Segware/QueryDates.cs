using System.Globalization;
using System.Text.RegularExpressions;

namespace Sigma.Simulator.Segware;

internal static partial class QueryDates
{
    /// <summary>Reads startDate and endDate; null when either is missing, unreadable or has no offset.</summary>
    public static TimeSlice? Read(HttpRequest request, SegwareSwitches switches) =>
        Date(request.Query["startDate"]) is { } from && Date(request.Query["endDate"]) is { } to && from <= to
            ? new TimeSlice(from, to, switches.StartInclusive, switches.EndInclusive)
            : null;

    public static DateTimeOffset? Date(string? text) =>
        text is not null
        && IsoWithOffset().IsMatch(text)
        && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal, out var date)
            ? date
            : null;

    [GeneratedRegex(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,7})?(Z|[+-]\d\d:\d\d)\z", RegexOptions.CultureInvariant)]
    private static partial Regex IsoWithOffset();
}
