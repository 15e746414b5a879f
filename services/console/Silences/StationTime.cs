using System.Globalization;
using Microsoft.Extensions.Options;

namespace Sigma.OperatorConsole.Silences;

/// <summary>Times as people enter and read them: on the clocks of <c>Console:TimeZone</c>.</summary>
public sealed class StationTime(IOptions<ConsoleOptions> options)
{
    const string InputFormat = "yyyy-MM-dd'T'HH:mm";

    static readonly string[] Formats = [InputFormat, "yyyy-MM-dd'T'HH:mm:ss", "yyyy-MM-dd HH:mm", "yyyy-MM-dd"];

    /// <summary>The zone.</summary>
    public TimeZoneInfo Zone { get; } = TimeZoneInfo.FindSystemTimeZoneById(options.Value.TimeZone);

    /// <summary>The same moment with what the clocks say.</summary>
    public DateTimeOffset Local(DateTimeOffset at) => TimeZoneInfo.ConvertTime(at, Zone);

    /// <summary>As a field for date and time has it.</summary>
    public string Input(DateTimeOffset at) => Local(at).ToString(InputFormat, CultureInfo.InvariantCulture);

    /// <summary>What was entered; null when it is no time.</summary>
    /// <param name="text">As <see cref="Input"/> writes it.</param>
    /// <param name="last">Of a time that comes twice, because the clocks are put back, the second.</param>
    public DateTimeOffset? Read(string? text, bool last = false) =>
        DateTime.TryParseExact(text?.Trim(), Formats, CultureInfo.InvariantCulture, DateTimeStyles.None, out var local) ? At(local, last) : null;

    /// <summary>When the clocks say so; a time that they pass over is the moment they do.</summary>
    public DateTimeOffset At(DateTime local, bool last = false)
    {
        local = DateTime.SpecifyKind(local, DateTimeKind.Unspecified);
        while (Zone.IsInvalidTime(local))
            local = local.AddMinutes(1);
        if (!Zone.IsAmbiguousTime(local))
            return new(local, Zone.GetUtcOffset(local));
        var offsets = Zone.GetAmbiguousTimeOffsets(local);
        return new(local, last ? offsets.Min() : offsets.Max());
    }
}
