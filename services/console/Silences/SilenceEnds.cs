namespace Sigma.OperatorConsole.Silences;

/// <summary>Ends of a silence that need not be typed.</summary>
internal static class SilenceEnds
{
    /// <summary>In an hour.</summary>
    public const string Hour = "1h";

    /// <summary>In four hours.</summary>
    public const string FourHours = "4h";

    /// <summary>In eight hours: a shift.</summary>
    public const string EightHours = "8h";

    /// <summary>On the day after the one it begins on, at eight o'clock.</summary>
    public const string Morning = "morning";

    const int MorningHour = 8;

    /// <summary>All of them.</summary>
    public static IReadOnlyList<string> All { get; } = [Hour, FourHours, EightHours, Morning];

    /// <summary>The end that is chosen; null when it is none of these.</summary>
    public static DateTimeOffset? Of(string? choice, DateTimeOffset from, StationTime clock) => choice switch
    {
        Hour => from.AddHours(1),
        FourHours => from.AddHours(4),
        EightHours => from.AddHours(8),
        Morning => clock.At(clock.Local(from).Date.AddDays(1).AddHours(MorningHour)),
        _ => null,
    };
}
