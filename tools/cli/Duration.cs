using System.Globalization;
using System.Text.RegularExpressions;

namespace Sigma.Cli;

/// <summary>A length of time, as people type it: 30m, 2h, 1d; also 02:00:00. A number alone is none: as one it would be days.</summary>
internal static partial class Duration
{
    /// <exception cref="UsageException">It cannot be read, or is no time at all.</exception>
    public static TimeSpan Read(string option, string typed)
    {
        var length = OfUnit(typed) ?? OfClock(typed)
            ?? throw new UsageException($"{option} {Screen.OneLine(typed)} is not understood: write 30m, 2h or 1d.");
        return length > TimeSpan.Zero ? length : throw new UsageException($"{option} must be more than 0.");
    }

    static TimeSpan? OfClock(string typed) =>
        typed.Contains(':') && TimeSpan.TryParse(typed, CultureInfo.InvariantCulture, out var length) ? length : null;

    static TimeSpan? OfUnit(string typed)
    {
        if (UnitBehind().Match(typed) is not { Success: true } parts
            || !int.TryParse(parts.Groups[1].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            return null;
        return number * parts.Groups[2].Value switch
        {
            "m" => TimeSpan.FromMinutes(1),
            "h" => TimeSpan.FromHours(1),
            _ => TimeSpan.FromDays(1),
        };
    }

    [GeneratedRegex(@"^(\d{1,5})([mhd])$")]
    private static partial Regex UnitBehind();
}
