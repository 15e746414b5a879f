using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using MassTransit;
using Sigma.Contracts;
using Sigma.IntegrationTests.Stations;
using Sigma.TestServers.Processes;

namespace Sigma.IntegrationTests.Archive;

/// <summary>Two archives on one folder, behind a real broker, killed in turn while lines come.</summary>
public sealed class Lines_through_kills(ITestOutputHelper output)
{
    const string Key = "the key of the tests";
    const int Batches = 240, Lines = 50, Kills = 4;

    [Fact]
    public async Task None_is_lost_and_none_is_kept_twice()
    {
        await using var station = await Station.Create(output);
        station.WithoutFaults("the processes are killed");
        var folder = Directory.CreateTempSubdirectory("sigma-kills-");
        var settings = station.Settings.Where(setting => setting.Key is not ("LOG_FORMAT" or "RabbitMq:LeaveAfter"))
            .ToDictionary(setting => setting.Key.Replace(":", "__"), setting => setting.Value!);
        settings["Archive__Folder"] = Path.Combine(folder.FullName, "archive");
        settings["Api__Key"] = Key;
        var archives = new ServiceProcess[2];
        try
        {
            archives[0] = Start(0);
            await archives[0].Ready(CancellationToken.None);
            archives[1] = Start(1);
            var bus = Bus.Factory.CreateUsingRabbitMq(configure => configure.Host(station.Broker));
            await bus.StartAsync();
            var began = TimeProvider.System.GetUtcNow().AddMinutes(-1);
            var published = 0;
            var publishing = Task.Run(async () =>
            {
                for (var batch = 0; batch < Batches; batch++, published = batch)
                {
                    await bus.Publish(Batch(batch));
                    await Task.Delay(10);
                }
            });
            for (var kill = 0; kill < Kills; kill++)
            {
                var wanted = (kill + 1) * Batches / (Kills + 1);
                await Await.Until(() => Task.FromResult(published), count => count >= wanted, $"{wanted} batches are published");
                var active = kill % 2;
                await archives[active].Kill(CancellationToken.None);
                await archives[active].DisposeAsync();
                await archives[1 - active].Ready(CancellationToken.None); // it stood by
                archives[active] = Start(active);
            }
            await publishing;
            await bus.StopAsync();

            using HttpClient http = new() { BaseAddress = new Uri(archives[0].Url, "/internal/archive/") };
            http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Key);
            var range = $"from={Uri.EscapeDataString($"{began:O}")}&to={Uri.EscapeDataString($"{TimeProvider.System.GetUtcNow().AddHours(1):O}")}";
            await Await.Until(
                async () => (await http.GetFromJsonAsync<JsonElement>($"logs/histogram?parts=1&{range}")).GetProperty("total").GetInt64(),
                total => total >= Batches * Lines, "all lines are stored");
            List<string> texts = [];
            for (string? after = null; ;)
            {
                var page = await http.GetFromJsonAsync<JsonElement>($"logs?limit=1000&{range}{(after is null ? "" : $"&after={after}")}");
                texts.AddRange(page.GetProperty("items").EnumerateArray().Select(line => line.GetProperty("text").GetString()!));
                if (!page.TryGetProperty("next", out var next))
                    break;
                after = next.GetString();
            }
            Assert.Equal(Batches * Lines, texts.Count);
            Assert.Equal(Batches * Lines, texts.Distinct().Count());
            Assert.Contains("another archive has", await Await.Until(() => Readiness(archives[1]), said => said.Length > 0, "the other one answers"));
        }
        finally
        {
            foreach (var archive in archives.OfType<ServiceProcess>())
                await archive.DisposeAsync();
            folder.Delete(recursive: true);
        }

        ServiceProcess Start(int number) => ServiceProcess.Start($"archive-{number}", "Sigma.Archive.dll", settings, folder.FullName);
    }

    static async Task<string> Readiness(ServiceProcess archive)
    {
        using HttpClient http = new() { BaseAddress = archive.Url };
        try
        {
            using var answer = await http.GetAsync("/health/ready");
            return await answer.Content.ReadAsStringAsync();
        }
        catch (HttpRequestException)
        {
            return ""; // not listening yet
        }
    }

    static LogBatch Batch(int number)
    {
        var now = TimeProvider.System.GetUtcNow();
        return new LogBatch
        {
            BatchId = Guid.NewGuid(), Source = "tests", Lines = [.. Enumerable.Range(0, Lines).Select(line => new LogLine
            {
                At = now, Text = $"batch {number} line {line}", Level = line % 5 == 0 ? "high" : "info",
                Labels = new Dictionary<string, string> { ["host"] = $"web-{number % 7}" },
            })],
        };
    }
}
