using System.Globalization;

namespace Sigma.Fetcher.Sources.Probes.BuiltIn;

/// <summary>Memory as <c>/proc/meminfo</c> tells it, in bytes.</summary>
internal sealed record MemoryUse(double Total, double Used)
{
    const int Kilobyte = 1024;

    /// <exception cref="InvalidDataException">It tells something else.</exception>
    public static MemoryUse Read(string text)
    {
        var total = Of("MemTotal:");
        return new(total, total - Of("MemAvailable:"));

        double Of(string name) => text.Split('\n').FirstOrDefault(line => line.StartsWith(name, StringComparison.Ordinal)) is { } line
            && line.Split(' ', StringSplitOptions.RemoveEmptyEntries) is [_, var number, ..]
            && double.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var kilobytes)
            ? kilobytes * Kilobyte : throw new InvalidDataException($"meminfo does not say {name.TrimEnd(':')}");
    }
}

/// <summary>What the processors have done since the machine started, as <c>/proc/stat</c> tells it.</summary>
internal sealed record ProcessorTime(long Total, long Idle)
{
    const int IdleAt = 3, WaitAt = 4, Known = 8;

    /// <exception cref="InvalidDataException">It tells something else.</exception>
    public static ProcessorTime Read(string text)
    {
        var fields = text.Split('\n')[0].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (fields is not ["cpu", _, _, _, _, ..])
            throw new InvalidDataException("stat does not begin with cpu");
        List<long> ticks = [.. fields.Skip(1).Take(Known).Select(field => long.Parse(field, CultureInfo.InvariantCulture))];
        return new(ticks.Sum(), ticks[IdleAt] + (ticks.Count > WaitAt ? ticks[WaitAt] : 0));
    }

    /// <summary>The part of the time since then in which they worked, from 0 to 1; null when no time has passed.</summary>
    public double? BusySince(ProcessorTime before) =>
        Total <= before.Total ? null : Math.Clamp(1 - (double)(Idle - before.Idle) / (Total - before.Total), 0, 1);
}
