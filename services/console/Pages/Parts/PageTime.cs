using System.Globalization;
using Microsoft.Extensions.Localization;
using Microsoft.Extensions.Options;
using Sigma.OperatorConsole.Texts;

namespace Sigma.OperatorConsole.Pages.Parts;

/// <summary>Shows times as people of the station read them: in their time zone, in the page's language.</summary>
public sealed class PageTime(IOptions<ConsoleOptions> options, TimeProvider time, IStringLocalizer<PartsTexts> texts)
{
    readonly TimeZoneInfo _zone = TimeZoneInfo.FindSystemTimeZoneById(options.Value.TimeZone);

    /// <summary>Now.</summary>
    public DateTimeOffset Now => time.GetUtcNow();

    /// <summary>As the clock of the station shows it.</summary>
    public DateTimeOffset Local(DateTimeOffset at) => TimeZoneInfo.ConvertTime(at, _zone);

    /// <summary>The moment of a local time, as a form says it; a time that is skipped is the one after it.</summary>
    public DateTimeOffset FromLocal(DateTime local)
    {
        local = DateTime.SpecifyKind(local, DateTimeKind.Unspecified);
        if (_zone.IsInvalidTime(local))
            local = local.AddHours(1);
        return new DateTimeOffset(local, _zone.GetUtcOffset(local)).ToUniversalTime();
    }

    /// <summary>Without the day when it is today's.</summary>
    public string Short(DateTimeOffset at)
    {
        var local = Local(at);
        return Format(local, local.Date == Local(Now).Date ? "PatternToday" : "PatternDay");
    }

    /// <summary>All of it.</summary>
    public string Full(DateTimeOffset at) => Format(Local(at), "PatternFull");

    /// <summary>How long ago.</summary>
    public string Age(DateTimeOffset at) => Span(Now - at);

    /// <summary>A duration by its two largest units: 3 d 4 h, 12 min, 45 s.</summary>
    public static string Span(TimeSpan span)
    {
        var value = span.Duration();
        return (value.TotalDays, value.TotalHours, value.TotalMinutes) switch
        {
            ( >= 1, _, _) => Two((int)value.TotalDays, "d", value.Hours, "h"),
            (_, >= 1, _) => Two(value.Hours, "h", value.Minutes, "min"),
            (_, _, >= 1) => value.TotalMinutes >= 10 ? $"{value.Minutes} min" : Two(value.Minutes, "min", value.Seconds, "s"),
            _ => $"{(int)value.TotalSeconds} s",
        };
    }

    static string Two(int large, string largeUnit, int small, string smallUnit) =>
        small == 0 ? $"{large} {largeUnit}" : $"{large} {largeUnit} {small} {smallUnit}";

    string Format(DateTimeOffset local, string pattern) => local.ToString(texts[pattern], CultureInfo.CurrentCulture);
}
