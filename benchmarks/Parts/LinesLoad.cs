using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Sigma.Archive;
using Sigma.Benchmarks.Broker;
using Sigma.Benchmarks.Figures;
using Sigma.Benchmarks.Services;
using Sigma.Benchmarks.Traffic;

namespace Sigma.Benchmarks.Parts;

/// <summary>How many log lines go through the broker into the archive a second, each on the disk before it is acknowledged?</summary>
internal static class LinesLoad
{
    const string Part = "Log lines of 200 bytes, batches of 1,000, through the broker into the archive", Key = "the key of the benchmark";
    const int Ahead = 64, Publishers = 2;

    public static async Task Run(BenchmarkServers servers, CommandLine wanted, Report report, CancellationToken ct)
    {
        await using var station = await BenchmarkStation.Create(servers, "lines", ct, subscribes: false);
        var folder = Directory.CreateTempSubdirectory("sigma-lines-");
        try
        {
            var archive = Start(station, folder);
            await archive.Ready(ct);
            await using var publisher = await BatchPublisher.Start(station.Broker, ct);
            var seconds = wanted.Seconds ?? 60;
            Progress.Say($"Log lines for {seconds} s");
            archive.Memory.Begin();
            var processors = ProcessorTime.Begin(servers, station.Services);
            var began = TimeProvider.System.GetUtcNow();
            var started = Stopwatch.GetTimestamp();
            var batches = 0;
            await Task.WhenAll(Enumerable.Range(0, Publishers).Select(_ => Task.Run(async () =>
            {
                while (Stopwatch.GetElapsedTime(started).TotalSeconds < seconds)
                {
                    while (await publisher.Waiting(ArchiveQueues.Logs, ct) > Ahead)
                        await Task.Delay(5, ct);
                    for (var burst = 0; burst < 8; burst++)
                        await publisher.Publish(LogLines.Batch("lines", Interlocked.Increment(ref batches), TimeProvider.System.GetUtcNow()), ct);
                }
            }, ct)));
            var offered = (long)batches * LogLines.BatchSize;
            using var asked = Client(archive);
            // A question reads all that was stored, so it is not asked while lines are measured.
            while (await publisher.Waiting(ArchiveQueues.Logs, ct) > 0)
                await Task.Delay(5, ct);
            long stored;
            while ((stored = await Stored(asked, began, ct)) < offered)
                await Task.Delay(20, ct);
            var took = Stopwatch.GetElapsedTime(started).TotalSeconds;
            report.Add(
                new Figure(Part, "lines a second, on the disk", offered / took, "/s") { AtLeast = 20_000 },
                new Figure(Part, "lines stored beside those sent", stored - offered, "") { AtMost = 0 },
                new Figure(Part, "bytes on the disk for a line", folder.EnumerateFiles().Sum(file => file.Length) / (double)offered, "B"));
            report.Add([.. processors.Figures(Part, offered)]);
            report.Add(new Figure(Part, "memory of the archive, most", archive.Memory.Most, "MB") { AtMost = 500 });
            await station.Stop(archive);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    public static MeasuredService Start(BenchmarkStation station, DirectoryInfo folder) => station.Start("archive", "Sigma.Archive.dll",
        ("Archive__Folder", folder.FullName), ("Api__Key", Key), ("Archive__Logs__QueryTimeout", "00:00:25"));

    public static HttpClient Client(MeasuredService archive)
    {
        HttpClient http = new() { BaseAddress = new Uri(archive.Url, "/internal/archive/") };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Key);
        return http;
    }

    static async Task<long> Stored(HttpClient asked, DateTimeOffset from, CancellationToken ct)
    {
        var to = TimeProvider.System.GetUtcNow().AddMinutes(1);
        var counted = await asked.GetFromJsonAsync<JsonElement>(string.Create(CultureInfo.InvariantCulture,
            $"logs/histogram?parts=1&from={Uri.EscapeDataString($"{from:O}")}&to={Uri.EscapeDataString($"{to:O}")}"), ct);
        return counted.GetProperty("total").GetInt64();
    }
}
