using System.Globalization;
using Microsoft.Extensions.Options;

namespace Sigma.Notifier.Texts;

/// <summary>Times as people read them.</summary>
public sealed class LocalTime
{
    /// <summary>The zone of those who set none.</summary>
    public const string DefaultZone = "America/Sao_Paulo";

    readonly TimeZoneInfo _zone;

    /// <summary>In the zone that is configured.</summary>
    public LocalTime(IOptions<NotifierOptions> options, ILogger<LocalTime> log)
    {
        if (TimeZoneInfo.TryFindSystemTimeZoneById(options.Value.TimeZone, out var zone))
        {
            _zone = zone;
            return;
        }
        log.LogWarning("This system has no time zone data; times are shown at UTC-3");
        _zone = TimeZoneInfo.CreateCustomTimeZone(DefaultZone, TimeSpan.FromHours(-3), DefaultZone, DefaultZone);
    }

    /// <summary>The zone.</summary>
    public TimeZoneInfo Zone => _zone;

    // In English 11/10 may be the tenth of November.
    internal string Show(DateTimeOffset? time, string language) => time is { } at ? TimeZoneInfo.ConvertTime(at, _zone)
        .ToString(language == Wording.English ? "d MMM HH:mm" : "dd/MM HH:mm", CultureInfo.InvariantCulture) : "";

    internal static string Show(TimeSpan? duration) => duration switch
    {
        null => "",
        { TotalMinutes: < 1 } d => $"{Math.Max(0, (int)d.TotalSeconds)} s",
        { TotalHours: < 1 } d => $"{(int)d.TotalMinutes} min",
        { TotalDays: < 2 } d => $"{(int)d.TotalHours} h {d.Minutes:00} min",
        { } d => $"{(int)d.TotalDays} d {d.Hours} h",
    };
}
