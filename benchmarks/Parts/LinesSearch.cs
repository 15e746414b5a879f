using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.Options;
using Sigma.Archive;
using Sigma.Archive.Files;
using Sigma.Archive.Logs;
using Sigma.Archive.Logs.Embedded;
using Sigma.Benchmarks.Figures;
using Sigma.Benchmarks.Services;
using Sigma.Benchmarks.Traffic;
using Sigma.Hosting.Lines;

namespace Sigma.Benchmarks.Parts;

/// <summary>How long does it take to find something among ten million lines of a day?</summary>
internal static class LinesSearch
{
    const int Group = 20_000, Rounds = 20;

    public static async Task Run(BenchmarkServers servers, CommandLine wanted, Report report, CancellationToken ct)
    {
        var part = string.Create(CultureInfo.InvariantCulture, $"Searching {wanted.Lines:#,0} lines of one day");
        var folder = Directory.CreateTempSubdirectory("sigma-search-");
        try
        {
            Progress.Say($"Writing {wanted.Lines:#,0} lines");
            var midnight = new DateTimeOffset(TimeProvider.System.GetUtcNow().UtcDateTime.Date.AddDays(-1), TimeSpan.Zero);
            await Task.Run(() => Write(folder, midnight, wanted.Lines, ct), ct);
            var bytes = folder.EnumerateFiles().Sum(file => file.Length);
            report.Add(new Figure(part, "bytes on the disk for a line", bytes / (double)wanted.Lines, "B"));
            await Search(servers, folder, midnight, wanted.Lines, part, report, ct);
            report.Add(new Figure(part, "dropping the day", Drop(folder, midnight), "ms") { AtMost = 1_000 });
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    static void Write(DirectoryInfo folder, DateTimeOffset midnight, int lines, CancellationToken ct)
    {
        ArchiveFolder of = new(Options.Create(new ArchiveOptions { Folder = folder.FullName }));
        LogBlockWriter blocks = new();
        var files = ((bool[])[true, false]).ToDictionary(notable => notable, notable => new LogFile(of.PathOf(notable, DayOf(midnight))));
        var apart = TimeSpan.TicksPerDay / lines;
        for (var first = 0; first < lines; first += Group)
        {
            ct.ThrowIfCancellationRequested();
            var group = Enumerable.Range(first, Math.Min(Group, lines - first)).Select(number =>
            {
                var line = LogLines.Line(number, midnight.AddTicks(number * apart));
                return new StoredLine(StoredLine.TicksOf(line.At), "benchmark", LineLevels.OfMessage(line.Level), line);
            }).ToLookup(line => line.Level.IsNotable());
            foreach (var (notable, file) in files)
                file.Store([Guid.NewGuid()], _ => blocks.Cut([.. group[notable]]));
        }
        foreach (var file in files.Values)
            file.Dispose();
    }

    static async Task Search(BenchmarkServers servers, DirectoryInfo folder, DateTimeOffset midnight, int lines, string part, Report report,
        CancellationToken ct)
    {
        await using var station = await BenchmarkStation.Create(servers, "search", ct, subscribes: false);
        var archive = LinesLoad.Start(station, folder);
        await archive.Ready(ct);
        using var asked = LinesLoad.Client(archive);
        var range = $"from={Uri.EscapeDataString($"{midnight:O}")}&to={Uri.EscapeDataString($"{midnight.AddDays(1):O}")}";
        // The first question of a process compiles what answers it.
        await Ask($"logs?q={LogLines.RareWord(1)}&{range}");
        await Measure("a rare word", 300, round => $"logs?q={Rare(round)}&{range}", found => Items(found) == 1);
        await Measure("a rare word in a phrase, and a label", 300,
            round => $"logs?q={Uri.EscapeDataString($"\"{Rare(round)} path\" app=~\"shop|api\"")}&{range}", found => Items(found) == 1);
        await Measure("the newest 100 with a common word", null, _ => $"logs?q=timeout&{range}", found => Items(found) == 100);
        await Measure("a word that is not there", 300, round => $"logs?q=nothing{round}&{range}", found => Items(found) == 0);
        await Measure("the histogram of all", null, _ => $"logs/histogram?parts=60&{range}",
            found => found.GetProperty("total").GetInt64() == lines, rounds: 3);
        await station.Stop(archive);

        string Rare(int round) => LogLines.RareWord((long)(round * 0.618 % 1 * lines));

        async Task Measure(string what, double? most, Func<int, string> path, Predicate<JsonElement> isRight, int rounds = Rounds)
        {
            List<double> took = [];
            var wrong = 0;
            for (var round = 1; round <= rounds; round++)
            {
                var started = Stopwatch.GetTimestamp();
                var found = await Ask(path(round));
                took.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
                wrong += isRight(found) ? 0 : 1;
            }
            took.Sort();
            report.Add(
                new Figure(part, $"{what}, middle of {rounds}", took[rounds / 2], "ms"),
                new Figure(part, $"{what}, longest", took[^1], "ms") { AtMost = most },
                new Figure(part, $"{what}, wrong answers", wrong, "") { AtMost = 0 });
        }

        async Task<JsonElement> Ask(string path) => await asked.GetFromJsonAsync<JsonElement>(path, ct);
    }

    static int Items(JsonElement page) => page.GetProperty("items").GetArrayLength();

    static double Drop(DirectoryInfo folder, DateTimeOffset midnight)
    {
        var started = Stopwatch.GetTimestamp();
        ArchiveFolder of = new(Options.Create(new ArchiveOptions { Folder = folder.FullName }));
        foreach (var notable in (bool[])[true, false])
            SqliteFile.Delete(of.PathOf(notable, DayOf(midnight)));
        return Stopwatch.GetElapsedTime(started).TotalMilliseconds;
    }

    static DateOnly DayOf(DateTimeOffset midnight) => DateOnly.FromDateTime(midnight.UtcDateTime);
}
