using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text.Json;
using Sigma.Archive;
using Sigma.IntegrationTests.Gateway.Core;
using Sigma.IntegrationTests.Stations;
using Sigma.TestServers;
using Sigma.TestServers.Processes;

namespace Sigma.IntegrationTests.Archive;

/// <summary>What senders notice of an archive that cannot write, or of a database that is away: nothing.</summary>
public sealed class Disks_that_are_full(ITestOutputHelper output) : IDisposable
{
    const int Lines = 40, Before = 10, Meanwhile = 60, Samples = 5;
    const long Disk = 96 << 20, Left = 200_000;

    readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("sigma-full-");
    int _line, _sample;

    public void Dispose() => _folder.Delete(recursive: true);

    [SmallDiskFact]
    public async Task Leave_it_to_the_broker_and_go_on_by_themselves_when_there_is_room()
    {
        await using var station = await Station.Create(output);
        station.WithoutFaults("each answer is the subject");
        station.Integrations("logs", "metrics");
        var data = _folder.CreateSubdirectory("data").FullName;
        SmallDisk disk = new(data, Disk);
        await using var archive = ArchiveProcess.Start(station, "archive", data, _folder.FullName, disk.Within);
        await archive.Ready();
        var gateway = (await station.StartGateway()).Address();
        using Sender sender = new();
        var began = TimeProvider.System.GetUtcNow().AddMinutes(-1);
        await Send(sender, gateway, Before);
        await Await.Until(() => archive.Count(began), count => count == _line, "what came before is stored");

        disk.Fill(archive.Service.Process, Left);
        var longest = await Send(sender, gateway, Meanwhile);
        Assert.True(longest < TimeSpan.FromSeconds(5), $"an answer took {longest}");

        var said = await Await.Until(archive.Readiness, health => health.Contains("disk is full", StringComparison.Ordinal), "its health says so",
            TimeSpan.FromSeconds(120));
        Assert.Contains(ArchiveQueues.Logs, said, StringComparison.Ordinal);
        Assert.True(await archive.Metric($"sigma_messages_retrying{{endpoint=\"{ArchiveQueues.Logs}\"}}") > 0);
        Assert.InRange((await archive.Metric("sigma_archive_disk_free_bytes")).GetValueOrDefault(-1), 0, 2 * Left);
        Assert.InRange(await archive.Count(began), Before * Lines, _line - 1); // what is stored is found all the same
        Assert.True(await Sum(archive, began) >= Before * Samples);
        Assert.Single(Log().Split("Messages of archive.logs fail"), part => part.StartsWith(", retrying", StringComparison.Ordinal));

        disk.Empty(archive.Service.Process);
        await Await.Until(() => archive.Count(began), count => count >= _line, "all lines are stored");
        var texts = await archive.Texts(began);
        Assert.Equal(_line, texts.Count);
        Assert.Equal(_line, texts.Distinct().Count());
        Assert.Equal(_sample, await Await.Until(() => Sum(archive, began), sum => sum >= _sample, "all samples are stored"));
        await Await.Until(archive.Readiness, health => !health.Contains("not ready", StringComparison.Ordinal), "it is ready again");
        Assert.Contains("archive.logs has recovered", Log(), StringComparison.Ordinal);
        foreach (var queue in ArchiveQueues.All)
            Assert.Equal(0u, await station.Mailbox.Waiting(queue + "_error"));
    }

    [Fact]
    public async Task Without_a_database_lines_are_taken_stored_and_found()
    {
        await using var database = await DatabaseServer.StartPrivate();
        await using var station = await Station.Create(output, database: database);
        station.WithoutFaults("each answer is the subject");
        station.Integrations("logs", "metrics");
        await using var archive = ArchiveProcess.Start(station, "archive", _folder.CreateSubdirectory("data").FullName, _folder.FullName);
        await archive.Ready();
        var gateway = (await station.StartGateway()).Address();
        using Sender sender = new();
        var began = TimeProvider.System.GetUtcNow().AddMinutes(-1);
        await Send(sender, gateway, 1);

        await database.Kill();
        var longest = await Send(sender, gateway, Before);
        Assert.True(longest < TimeSpan.FromSeconds(5), $"an answer took {longest}");
        await Await.Until(() => archive.Count(began), count => count == _line, "all lines are stored");
        Assert.Equal(_sample, await Await.Until(() => Sum(archive, began), sum => sum >= _sample, "all samples are stored"));
        await Await.Until(archive.Readiness, health => health.Contains("the database does not answer", StringComparison.Ordinal),
            "its health says what is away");

        await database.Restart();
        await Await.Until(archive.Readiness, health => health.Contains("\"ok\"", StringComparison.Ordinal)
            && !health.Contains("not ready", StringComparison.Ordinal), "it is ready again");
        Assert.Equal(_line, (await archive.Texts(began)).Distinct().Count());
    }

    // So many requests with lines that can hardly be compressed, and with samples. Returns how long the slowest answer took.
    async Task<TimeSpan> Send(Sender sender, Uri gateway, int requests)
    {
        var longest = TimeSpan.Zero;
        for (var request = 0; request < requests; request++)
        {
            var lines = JsonSerializer.Serialize(Enumerable.Range(0, Lines).Select(_ => new
            {
                host = $"web-{_line % 5}", level = _line % 7 == 0 ? "error" : "info",
                message = $"line {_line++} {RandomNumberGenerator.GetHexString(800)}",
            }));
            var samples = string.Concat(Enumerable.Range(0, Samples).Select(_ => string.Create(CultureInfo.InvariantCulture,
                $"disk,host=web-{_sample} used={_sample++}\n")));
            var started = Stopwatch.GetTimestamp();
            var kept = await sender.Send(gateway, "logs", lines);
            Assert.True(kept.IsKept, kept.Text);
            kept = await sender.Post(gateway, "write", Gateways.KeyOf("metrics"), samples, "text/plain");
            Assert.True(kept.IsKept, kept.Text);
            longest = Stopwatch.GetElapsedTime(started) is var took && took > longest ? took : longest;
        }
        return longest;
    }

    // How many samples are found: a series each.
    static async Task<long> Sum(ArchiveProcess archive, DateTimeOffset from)
    {
        var count = 0L;
        var asked = $"series?name=disk_used&limit=1000&from={Uri.EscapeDataString($"{from:O}")}";
        for (string? after = null; ;)
        {
            var page = await archive.Http.GetFromJsonAsync<JsonElement>(after is null ? asked : $"{asked}&after={Uri.EscapeDataString(after)}");
            count += page.GetProperty("items").GetArrayLength();
            if (!page.TryGetProperty("next", out var next) || next.GetString() is not { } cursor)
                return count;
            after = cursor;
        }
    }

    string Log()
    {
        var path = Path.Combine(_folder.FullName, "archive.log");
        using StreamReader log = new(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
        return log.ReadToEnd();
    }
}
