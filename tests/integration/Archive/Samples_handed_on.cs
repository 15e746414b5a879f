using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using Sigma.Archive;
using Sigma.Contracts;
using Sigma.IntegrationTests.Stations;
using Sigma.TestServers;

namespace Sigma.IntegrationTests.Archive;

/// <summary>By remote write 1.0 to the real servers, and asked back of them.</summary>
public sealed class Samples_handed_on(ITestOutputHelper output)
{
    const string Key = "the key of the tests";

    [PeerFact("prometheus")]
    public async Task Prometheus_takes_them_and_answers()
    {
        await using var prometheus = await PrometheusServer.Start(new Dictionary<string, string> { ["prometheus.yml"] = "global: {}\n" }, default,
            "--web.enable-remote-write-receiver");
        await HandOn(prometheus.Url, refusesOld: true);
    }

    [PeerFact("victoria-metrics")]
    public async Task VictoriaMetrics_takes_them_and_answers()
    {
        await using var metrics = await VictoriaMetricsServer.Start();
        await HandOn(metrics.Url, refusesOld: false);
    }

    async Task HandOn(Uri server, bool refusesOld)
    {
        await using var station = await Station.Create(output);
        station.WithoutFaults("the figures of the other server are compared");
        var folder = Directory.CreateTempSubdirectory("sigma-handed-on-");
        station.Settings["Archive:Folder"] = folder.FullName;
        station.Settings["Archive:Samples:RemoteWrite"] = new Uri(server, "/api/v1/write").ToString();
        station.Settings["Archive:Samples:Query"] = server.ToString();
        station.Settings["Api:Key"] = Key;
        var archive = await station.Start("archive", service => service.AddArchive());
        using HttpClient http = new() { BaseAddress = new Uri(new Uri(archive.Urls.First()), "/internal/archive/") };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Key);
        var bus = archive.Services.GetRequiredService<IBus>();
        var start = TimeProvider.System.GetUtcNow().AddMinutes(-10);

        // Two series a batch, in the order of their times, the second with names that no metric may have.
        for (var minute = 0; minute < 10; minute++)
            await bus.Publish(Batch(start.AddMinutes(minute), minute));
        // One that the server has newer values of, with a series that is new: what is refused does not take the rest with it.
        await bus.Publish(new SamplesReported
        {
            BatchId = Guid.NewGuid(), Source = "metrics",
            Samples = [Sample("cpu", start.AddSeconds(-30), 99), Sample("fresh", start.AddMinutes(9), 7)],
        });

        var range = $"from={Uri.EscapeDataString($"{start.AddMinutes(-1):O}")}&to={Uri.EscapeDataString($"{start.AddMinutes(11):O}")}";
        await Await.Until(async () => (await Get($"series?{range}")).GetProperty("items").EnumerateArray().Select(series =>
            $"{series.GetProperty("name")} {series.GetProperty("labels")}").ToList(), names => names.Count == 3, "all series are there");
        Assert.Equal(["cpu", "disk_used__", "fresh"], (await Get($"series?{range}")).GetProperty("items").EnumerateArray()
            .Select(series => series.GetProperty("name").GetString()));
        Assert.Equal("""{"host":"web-1","mount_point":"/var \"data\""}""", (await Get($"series?name=disk*&{range}")).GetProperty("items")[0]
            .GetProperty("labels").GetRawText().Replace("\\u0022", "\\\""));

        var asked = await Get($"samples?name=cpu&label=host%3Dweb-1&step=60&from={Uri.EscapeDataString($"{start.AddSeconds(-1):O}")}"
            + $"&to={Uri.EscapeDataString($"{start.AddMinutes(10).AddSeconds(-1):O}")}");
        var points = asked.GetProperty("series")[0].GetProperty("points").EnumerateArray().Select(point => point.GetProperty("avg").GetDouble())
            .ToList();
        Assert.Equal(Enumerable.Range(0, 10).Select(minute => (double)minute), points);
        if (refusesOld)
            Assert.DoesNotContain(99.0, points);
        Assert.Equal(7.0, (await Get($"samples?name=fresh&step=60&{range}")).GetProperty("series")[0].GetProperty("points").EnumerateArray().Last()
            .GetProperty("avg").GetDouble());
        await station.Stop(archive);
        folder.Delete(recursive: true);

        async Task<JsonElement> Get(string path) => await http.GetFromJsonAsync<JsonElement>(path);
    }

    static SamplesReported Batch(DateTimeOffset at, int value) => new()
    {
        BatchId = Guid.NewGuid(), Source = "metrics",
        Samples =
        [
            Sample("cpu", at, value),
            new Sample
            {
                Series = "disk.used.%", At = at, Value = value,
                Labels = new Dictionary<string, string> { ["host"] = "web-1", ["mount.point"] = "/var \"data\"", ["empty"] = "" },
            },
        ],
    };

    static Sample Sample(string series, DateTimeOffset at, double value) =>
        new() { Series = series, At = at, Value = value, Labels = new Dictionary<string, string> { ["host"] = "web-1" } };
}
