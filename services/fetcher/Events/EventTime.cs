using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Options;
using Sigma.Segware;

namespace Sigma.Fetcher.Events;

/// <summary>Finds an event's own time, whose field's name and form are not known for sure.</summary>
internal sealed partial class EventTime(IOptions<SegwareOptions> options)
{
    // The years 2000 to 2100 in seconds: a number outside them is something else, such as 20261120210000.
    const long Earliest = 946_684_800, Latest = 4_102_444_800;

    readonly string[] _fields = options.Value.TimeFields.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    /// <summary>The time; null when there is none, or none that can be placed: a time without an offset is never guessed at.</summary>
    /// <param name="item">The event.</param>
    /// <param name="unusable">A text that looked like a time and could not be placed.</param>
    public DateTimeOffset? Of(JsonElement item, out string? unusable)
    {
        unusable = null;
        foreach (var field in _fields)
        {
            if (item.Text(field) is not { } text)
                continue;
            if (Parse(text) is { } time)
                return time;
            unusable ??= $"{field} = {(text.Length <= 40 ? text : text[..40])}";
        }
        return null;
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
        return Offset().IsMatch(text) && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal, out var time) ? time : null;
    }

    [GeneratedRegex(@"\d\d:\d\d(:\d\d)?([.,]\d+)? ?(Z|z|[+-]\d\d(:?\d\d)?)$")]
    private static partial Regex Offset();
}
