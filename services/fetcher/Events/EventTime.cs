using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Options;
using Sigma.Fetcher.Coverage;
using Sigma.Segware;

namespace Sigma.Fetcher.Events;

/// <summary>Finds an event's own time, whose field's name and form are not known for sure.</summary>
internal sealed partial class EventTime(IOptions<SegwareOptions> options)
{
    // The years 2000 to 2100 in seconds: a number outside them is something else, such as 20261120210000.
    const long Earliest = 946_684_800, Latest = 4_102_444_800;

    const int LongestReported = 64;

    readonly string[] _fields = options.Value.TimeFields.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
    readonly long _tolerance = (long)options.Value.TimeTolerance.TotalMilliseconds;

    /// <summary>
    /// The times of an event. A time without an offset is never guessed at, and one far from the slice that was asked for is not the event's.
    /// </summary>
    public ReadTime Of(JsonElement item, Slice slice)
    {
        DateTimeOffset? own = null;
        string? outside = null, noTime = null, unusable = null;
        foreach (var field in _fields)
        {
            if (item.Text(field) is not { } text)
                continue;
            if (Parse(text) is not { } time)
            {
                noTime ??= ResponseText.OneLine(text, LongestReported - 1);
                unusable ??= $"{field} = {ResponseText.OneLine(text, 40)}";
                continue;
            }
            own ??= time;
            if (Fits(time, slice))
                return new ReadTime(own, time, outside, null);
            outside ??= ResponseText.OneLine(text, LongestReported - 1);
        }
        return new ReadTime(own, null, outside ?? noTime, own is null ? unusable : null);
    }

    internal static DateTimeOffset? Parse(string text)
    {
        if (decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number))
            return number switch
            {
                >= Earliest and <= Latest => DateTimeOffset.FromUnixTimeMilliseconds((long)(number * 1000)),
                >= Earliest * 1000 and <= Latest * 1000 => DateTimeOffset.FromUnixTimeMilliseconds((long)number),
                _ => null,
            };
        return Offset().IsMatch(text) && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal, out var time)
            ? time : null;
    }

    bool Fits(DateTimeOffset time, Slice slice) =>
        time.ToUnixTimeMilliseconds() is var at && at >= slice.From - _tolerance && at <= slice.To + _tolerance;

    [GeneratedRegex(@"\d\d:\d\d(:\d\d)?([.,]\d+)? ?(Z|z|[+-]\d\d(:?\d\d)?)$")]
    private static partial Regex Offset();
}
