using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Sigma.Hosting.Settings;
using Sigma.Probes;

namespace Sigma.Fetcher.Sources.Probes.BuiltIn;

/// <summary>Parameters of the probe <c>host</c>.</summary>
public sealed class HostParameters
{
    /// <summary>Over how long the slope of the memory in use is measured.</summary>
    [Duration("00:01:00", "7.00:00:00")]
    public TimeSpan Window { get; set; } = TimeSpan.FromHours(2);

    /// <summary>Memory that grows steadily and would be full sooner than this is a condition of its own; 0: never.</summary>
    [Duration("00:00:00", "365.00:00:00")]
    public TimeSpan FullWithin { get; set; } = TimeSpan.FromHours(12);

    /// <summary>More memory in use than this is a condition of its own; 100: never.</summary>
    [Range(1, 100)]
    public int MemoryPercent { get; set; } = 95;

    /// <summary>Where the machine's figures are: another folder where the host's are mounted into a container.</summary>
    [Required]
    public string Folder { get; set; } = "/proc";
}

/// <summary>
/// Processor and memory of the machine the fetcher runs on, and whether the memory leaks: how it grows, over a window, by least squares.
/// </summary>
internal sealed class HostProbe(TimeProvider time) : Probe<HostParameters>
{
    const int Points = 240, Enough = 12;

    // So much of what the memory does must be explained by a line: what goes up and down is no leak.
    const double Steady = 0.8;

    const double Percent = 100;

    readonly Slope _memory = new(Points);
    ProcessorTime? _before;

    public override string Name => "host";

    public override string Description => "processor and memory of this machine, and whether its memory leaks";

    protected override async Task<ProbeAnswer> Check(HostParameters parameters, CancellationToken ct)
    {
        var memory = MemoryUse.Read(await File.ReadAllTextAsync(Path.Combine(parameters.Folder, "meminfo"), ct));
        var processor = ProcessorTime.Read(await File.ReadAllTextAsync(Path.Combine(parameters.Folder, "stat"), ct));
        List<ProbeSample> samples =
        [
            new("host_memory_used_bytes", memory.Used), new("host_memory_total_bytes", memory.Total),
            new("host_memory_used_percent", Percent * memory.Used / memory.Total),
        ];
        if (_before is { } before && processor.BusySince(before) is { } busy)
            samples.Add(new("host_processor_percent", Percent * busy));
        _before = processor;

        _memory.Add(time.GetUtcNow(), memory.Used, parameters.Window);
        List<ProbeCondition> conditions = [];
        if (_memory.Count >= Enough && _memory.Line is { } line)
        {
            samples.Add(new("host_memory_slope_bytes_per_hour", line.PerSecond * 3600));
            if (Leak(parameters, memory, line) is { } leak)
                conditions.Add(leak);
        }
        if (parameters.MemoryPercent < Percent && memory.Used > memory.Total * (parameters.MemoryPercent / Percent))
            conditions.Add(new("memory", $"more than {parameters.MemoryPercent} % of the memory is in use"));
        return ProbeAnswer.Measured(samples) with { Conditions = conditions };
    }

    ProbeCondition? Leak(HostParameters parameters, MemoryUse memory, SlopeLine line)
    {
        if (parameters.FullWithin == TimeSpan.Zero || line.PerSecond <= 0 || line.Fit < Steady || _memory.Span < parameters.Window / 2)
            return null;
        var left = (memory.Total - memory.Used) / line.PerSecond;
        return left > parameters.FullWithin.TotalSeconds ? null : new("leak", string.Create(CultureInfo.InvariantCulture,
            $"the memory in use grows steadily and would be full within {parameters.FullWithin:c}"));
    }
}
