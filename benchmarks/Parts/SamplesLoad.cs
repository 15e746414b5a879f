using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using Sigma.Archive;
using Sigma.Benchmarks.Broker;
using Sigma.Benchmarks.Figures;
using Sigma.Benchmarks.Services;
using Sigma.Contracts;
using Sigma.Storage;

namespace Sigma.Benchmarks.Parts;

/// <summary>How many samples of 10,000 series go through the broker into the archive a second, each on the disk before it is acknowledged?</summary>
internal static class SamplesLoad
{
    const string Part = "Samples of 10,000 series, batches of 1,000, through the broker into the archive";
    const int Ahead = 64, Publishers = 2, BatchSize = 1_000, Series = 10_000, Rounds = Series / BatchSize;

    static readonly Dictionary<string, string>[] Labels = [.. Enumerable.Range(0, Series).Select(series => new Dictionary<string, string>
    {
        ["host"] = string.Create(CultureInfo.InvariantCulture, $"web-{series / 100}"),
        ["core"] = (series % 100).ToString(CultureInfo.InvariantCulture),
    })];

    public static async Task Run(BenchmarkServers servers, CommandLine wanted, Report report, CancellationToken ct)
    {
        await using var station = await BenchmarkStation.Create(servers, "samples", ct, subscribes: false);
        var folder = Directory.CreateTempSubdirectory("sigma-samples-");
        try
        {
            var archive = LinesLoad.Start(station, folder);
            await archive.Ready(ct);
            await using var publisher = await BatchPublisher.Start(station.Broker, ct);
            var seconds = wanted.Seconds ?? 60;
            Progress.Say($"Samples for {seconds} s");
            archive.Memory.Begin();
            var processors = ProcessorTime.Begin(servers, station.Services);
            var began = TimeProvider.System.GetUtcNow().AddHours(-6);
            var started = Stopwatch.GetTimestamp();
            var batches = -1;
            await Task.WhenAll(Enumerable.Range(0, Publishers).Select(_ => Task.Run(async () =>
            {
                while (Stopwatch.GetElapsedTime(started).TotalSeconds < seconds)
                {
                    while (await publisher.Waiting(ArchiveQueues.Samples, ct) > Ahead)
                        await Task.Delay(5, ct);
                    for (var burst = 0; burst < 8; burst++)
                        await publisher.Publish(Batch(Interlocked.Increment(ref batches), began), ct);
                }
            }, ct)));
            while (await publisher.Waiting(ArchiveQueues.Samples, ct) > 0)
                await Task.Delay(5, ct);
            // The broker has what is in hand for one who asks how many wait: all is stored when a series has all its samples.
            var offered = (batches + 1L) * BatchSize;
            using var asked = LinesLoad.Client(archive);
            var expected = (batches + 1 + Rounds - 1) / Rounds;
            while (await Count(asked, began, ct) < expected)
                await Task.Delay(20, ct);
            var took = Stopwatch.GetElapsedTime(started).TotalSeconds;
            var question = Stopwatch.GetTimestamp();
            await Count(asked, began, ct);
            report.Add(
                new Figure(Part, "samples a second, on the disk", offered / took, "/s") { AtLeast = 50_000 },
                new Figure(Part, "samples of a series beside those sent", await Count(asked, began, ct) - expected, "") { AtLeast = 0, AtMost = 0 },
                new Figure(Part, "asking for a series of the day", Stopwatch.GetElapsedTime(question).TotalMilliseconds, "ms"),
                new Figure(Part, "bytes on the disk for a sample", folder.EnumerateFiles().Sum(file => file.Length) / (double)offered, "B"));
            report.Add([.. processors.Figures(Part, offered)]);
            report.Add(new Figure(Part, "memory of the archive, most", archive.Memory.Most, "MB") { AtMost = 500 });
            await station.Stop(archive);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    // A second between two samples of a series; from some hours ago on, so that none is of the future.
    static SamplesReported Batch(int number, DateTimeOffset began) => new()
    {
        BatchId = Ids.From("samples", number.ToString(CultureInfo.InvariantCulture)), Source = "benchmark",
        Samples = [.. Enumerable.Range(number % Rounds * BatchSize, BatchSize).Select(series => new Sample
        {
            Series = "cpu_seconds_total", Labels = Labels[series], Value = number / Rounds * 0.25 + series, At = began.AddSeconds(number / Rounds),
        })],
    };

    static async Task<long> Count(HttpClient asked, DateTimeOffset began, CancellationToken ct)
    {
        var range = $"from={Uri.EscapeDataString($"{began:O}")}&to={Uri.EscapeDataString($"{began.AddHours(12):O}")}";
        var found = await asked.GetFromJsonAsync<JsonElement>(
            $"samples?name=cpu_seconds_total&label=host%3Dweb-0&label=core%3D0&step=60&{range}", ct);
        return found.GetProperty("series").EnumerateArray().SelectMany(series => series.GetProperty("points").EnumerateArray())
            .Sum(point => point.GetProperty("count").GetInt64());
    }
}
