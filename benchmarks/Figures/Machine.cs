using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using Sigma.Benchmarks.Services;

namespace Sigma.Benchmarks.Figures;

/// <summary>What the figures were measured on.</summary>
internal static class Machine
{
    public static async Task<IReadOnlyList<(string What, string Value)>> Describe(BenchmarkServers servers, CancellationToken ct) =>
    [
        ("Processor",
            $"{await Field("/proc/cpuinfo", "model name", ct) ?? RuntimeInformation.ProcessArchitecture.ToString()}, {Environment.ProcessorCount} "
            + $"cores for everything: "
            + "broker, database, services and load"),
        ("Memory", $"{GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / (1 << 30)} GB"),
        ("Disk", $"{Disk()}, a 4 KB write reaches it in {await Flush(ct):0.00} ms (median)"),
        ("System", $"{(await Field("/etc/os-release", "PRETTY_NAME", ct))?.Trim('"')} ({RuntimeInformation.OSDescription})"),
        (".NET", RuntimeInformation.FrameworkDescription),
        ("Services", "published as their images have them, compiled ahead of time"),
        ("Broker", $"RabbitMQ {servers.Broker.Version}, {servers.Broker.Origin}; quorum queues"),
        ("Database", $"{servers.Database.Kind} {servers.Database.Version}, {servers.Database.Origin}; {await servers.Settings(ct)}"),
    ];

    static async Task<string?> Field(string file, string name, CancellationToken ct) => !File.Exists(file) ? null
        : (await File.ReadAllLinesAsync(file, ct)).Select(line => line.Split([':', '='], 2))
            .FirstOrDefault(f => f.Length == 2 && f[0].Trim() == name)?[1].Trim();

    /// <summary>The device under the temp folder, where private servers keep their data.</summary>
    static string Disk()
    {
        try
        {
            var mount =
                File.ReadLines("/proc/mounts").Select(line => line.Split(' '))
                    .Where(m => Path.GetTempPath().StartsWith(m[1], StringComparison.Ordinal)).MaxBy(m => m[1].Length)!;
            var device = Path.GetFileName(mount[0]);
            var disk = Directory.GetDirectories("/sys/block").Select(Path.GetFileName)
                .FirstOrDefault(d => device.StartsWith(d!, StringComparison.Ordinal));
            var kind = disk is null ? "not a block device" : disk.StartsWith("vd", StringComparison.Ordinal) ? "virtual disk"
                : File.ReadAllText($"/sys/block/{disk}/queue/rotational").Trim() == "1" ? "hard disk" : "solid state disk";
            return $"{device}, {kind}, {mount[2]}";
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NullReferenceException)
        {
            return "kind not known";
        }
    }

    static async Task<double> Flush(CancellationToken ct)
    {
        var path = Path.Combine(Path.GetTempPath(), $"sigma-flush-{Environment.ProcessId.ToString(CultureInfo.InvariantCulture)}");
        await using var file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, 1, FileOptions.DeleteOnClose);
        var block = new byte[4096];
        List<double> times = [];
        for (var i = 0; i < 50; i++)
        {
            var started = Stopwatch.GetTimestamp();
            await file.WriteAsync(block, ct);
            file.Flush(flushToDisk: true);
            times.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
        }
        return times.Order().ElementAt(times.Count / 2);
    }
}
